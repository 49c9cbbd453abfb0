"""QR codes (ISO/IEC 18004) in byte mode with error correction level M: small, and without another dependency."""

from collections.abc import Callable, Iterator
from typing import Final

# Per version 1 to 13: correction bytes per block, and the sizes of the data blocks.
_BLOCKS: Final[tuple[tuple[int, tuple[int, ...]], ...]] = (
    (10, (16,)),
    (16, (28,)),
    (26, (44,)),
    (18, (32,) * 2),
    (24, (43,) * 2),
    (16, (27,) * 4),
    (18, (31,) * 4),
    (22, (38,) * 2 + (39,) * 2),
    (22, (36,) * 3 + (37,) * 2),
    (26, (43,) * 4 + (44,)),
    (30, (50,) + (51,) * 4),
    (22, (36,) * 6 + (37,) * 2),
    (22, (37,) * 8 + (38,)),
)
_LONG_COUNT_FROM: Final = 10  # from this version on the length takes two bytes
_FORMAT_M: Final = 0
_QUIET: Final = 4  # modules of white around the code

Matrix = list[list[bool]]


def svg(text: str) -> str:
    """The code as an SVG image, dark on white in every colour mode, because scanners want it so."""
    matrix = encode(text)
    side = len(matrix) + 2 * _QUIET
    dark = "".join(
        f"M{column + _QUIET} {row + _QUIET}h1v1h-1z"
        for row, cells in enumerate(matrix)
        for column, is_dark in enumerate(cells)
        if is_dark
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" shape-rendering="crispEdges">'
        f'<path fill="#fff" d="M0 0h{side}v{side}H0z"/><path d="{dark}"/></svg>'
    )


def encode(text: str) -> Matrix:
    """The modules of the smallest code that holds the text; raises ValueError when none does."""
    data = text.encode()
    version = _version_for(len(data))
    matrix, is_function = _patterns(version)
    _place(matrix, is_function, _codewords(data, version))
    masked = [_masked(matrix, is_function, mask) for mask in range(8)]
    return min(masked, key=_penalty)


def _version_for(length: int) -> int:
    for version, (_, blocks) in enumerate(_BLOCKS, start=1):
        count_bytes = 2 if version >= _LONG_COUNT_FROM else 1
        if 4 + 8 * count_bytes + 8 * length <= 8 * sum(blocks):
            return version
    raise ValueError("the text is too long for a QR code of this kind")


def _codewords(data: bytes, version: int) -> bytes:
    correction, sizes = _BLOCKS[version - 1]
    count_bits = 16 if version >= _LONG_COUNT_FROM else 8
    bits = f"0100{len(data):0{count_bits}b}" + "".join(f"{byte:08b}" for byte in data)
    capacity = 8 * sum(sizes)
    bits += "0" * min(4, capacity - len(bits))
    bits += "0" * (-len(bits) % 8)
    words = [int(bits[start : start + 8], 2) for start in range(0, len(bits), 8)]
    words += [(0xEC, 0x11)[place % 2] for place in range(sum(sizes) - len(words))]
    blocks, start = [], 0
    for size in sizes:
        blocks.append(words[start : start + size])
        start += size
    checks = [_remainder(block, correction) for block in blocks]
    interleaved = [block[place] for place in range(max(sizes)) for block in blocks if place < len(block)]
    interleaved += [check[place] for place in range(correction) for check in checks]
    return bytes(interleaved)


def _multiply(left: int, right: int) -> int:
    """The product in GF(2^8) modulo x^8 + x^4 + x^3 + x^2 + 1."""
    product = 0
    for bit in range(7, -1, -1):
        product = (product << 1) ^ ((product >> 7) * 0x11D)
        product ^= ((right >> bit) & 1) * left
    return product


def _remainder(block: list[int], degree: int) -> list[int]:
    divisor, root = [0] * (degree - 1) + [1], 1
    for _ in range(degree):
        for place in range(degree):
            divisor[place] = _multiply(divisor[place], root)
            if place + 1 < degree:
                divisor[place] ^= divisor[place + 1]
        root = _multiply(root, 2)
    result = [0] * degree
    for word in block:
        factor = word ^ result.pop(0)
        result.append(0)
        result = [left ^ _multiply(right, factor) for left, right in zip(result, divisor, strict=True)]
    return result


def _patterns(version: int) -> tuple[Matrix, Matrix]:
    """The modules that are the same in every code of a version, and where they are."""
    size = 17 + 4 * version
    matrix, is_function = ([[False] * size for _ in range(size)] for _ in range(2))

    def put(row: int, column: int, is_dark: bool) -> None:
        matrix[row][column], is_function[row][column] = is_dark, True

    for place in range(size):
        put(6, place, place % 2 == 0)
        put(place, 6, place % 2 == 0)
    centers = _alignment(version)
    corners = {(6, 6), (6, size - 7), (size - 7, 6)}
    finders = [(row, column, 4) for row, column in ((3, 3), (3, size - 4), (size - 4, 3))]
    marks = [(row, column, 2) for row in centers for column in centers if (row, column) not in corners]
    for row, column, is_dark in _rings([*finders, *marks], size):
        put(row, column, is_dark)
    for row, column, _ in _format_places(size):
        put(row, column, False)
    put(size - 8, 8, True)
    for row, column, is_dark in _version_bits(version, size):
        put(row, column, is_dark)
    return matrix, is_function


def _rings(centers: list[tuple[int, int, int]], size: int) -> Iterator[tuple[int, int, bool]]:
    """The modules of finders (radius 4 with their white border) and alignment marks (radius 2)."""
    for row, column, radius in centers:
        white = (2, 4) if radius == 4 else (1,)
        for place in range((2 * radius + 1) ** 2):
            down, right = place // (2 * radius + 1) - radius, place % (2 * radius + 1) - radius
            if 0 <= row + down < size and 0 <= column + right < size:
                yield row + down, column + right, max(abs(down), abs(right)) not in white


def _alignment(version: int) -> list[int]:
    if version == 1:
        return []
    count = version // 7 + 2
    step = (version * 4 + count * 2 + 1) // (count * 2 - 2) * 2
    return [6, *reversed([10 + 4 * version - index * step for index in range(count - 1)])]


def _version_bits(version: int, size: int) -> Iterator[tuple[int, int, bool]]:
    if version < 7:
        return
    rest = version
    for _ in range(12):
        rest = (rest << 1) ^ ((rest >> 11) * 0x1F25)
    bits = version << 12 | rest
    for index in range(18):
        far, near = size - 11 + index % 3, index // 3
        yield far, near, bool(bits >> index & 1)
        yield near, far, bool(bits >> index & 1)


def _format_places(size: int) -> Iterator[tuple[int, int, int]]:
    """Row, column and bit number of both copies of the format."""
    for bit in range(15):
        first = bit if bit < 6 else bit + 1
        if bit < 8:
            yield first, 8, bit
            yield 8, size - 1 - bit, bit
        else:
            yield 8, 7 if bit == 8 else 14 - bit, bit
            yield size - 15 + bit, 8, bit


def _place(matrix: Matrix, is_function: Matrix, words: bytes) -> None:
    """Write the codewords in zigzag, from the bottom right."""
    size, bits = len(matrix), iter("".join(f"{word:08b}" for word in words))
    for right in (*range(size - 1, 6, -2), *range(5, 0, -2)):
        is_upward = (right + 1) & 2 == 0 if right > 6 else (right + 2) & 2 == 0
        for step in range(size):
            row = size - 1 - step if is_upward else step
            for column in (right, right - 1):
                if not is_function[row][column]:
                    matrix[row][column] = next(bits, "0") == "1"


def _masked(matrix: Matrix, is_function: Matrix, mask: int) -> Matrix:
    rules: tuple[Callable[[int, int], int], ...] = (
        lambda row, column: (row + column) % 2,
        lambda row, _column: row % 2,
        lambda _row, column: column % 3,
        lambda row, column: (row + column) % 3,
        lambda row, column: (row // 2 + column // 3) % 2,
        lambda row, column: row * column % 2 + row * column % 3,
        lambda row, column: (row * column % 2 + row * column % 3) % 2,
        lambda row, column: ((row + column) % 2 + row * column % 3) % 2,
    )
    rule, size = rules[mask], len(matrix)
    result = [
        [matrix[row][column] ^ (not is_function[row][column] and rule(row, column) == 0) for column in range(size)]
        for row in range(size)
    ]
    data = _FORMAT_M << 3 | mask
    rest = data
    for _ in range(10):
        rest = (rest << 1) ^ ((rest >> 9) * 0x537)
    bits = (data << 10 | rest) ^ 0x5412
    for row, column, bit in _format_places(size):
        result[row][column] = bool(bits >> bit & 1)
    result[size - 8][8] = True
    return result


def _penalty(matrix: Matrix) -> int:
    """How hard a code is to read: long runs, squares, what looks like a finder, and imbalance."""
    size, score = len(matrix), 0
    lines = ["".join("10"[not one] for one in line) for line in (*matrix, *map(list, zip(*matrix, strict=True)))]
    for line in lines:
        for run in line.replace("01", "0 1").replace("10", "1 0").split():
            score += len(run) - 2 if len(run) >= 5 else 0
        score += 40 * sum(
            line.startswith(sign, start)
            for sign in ("10111010000", "00001011101")
            for start in range(size - len(sign) + 1)
        )
    score += 3 * sum(
        len({matrix[row][column], matrix[row][column + 1], matrix[row + 1][column], matrix[row + 1][column + 1]}) == 1
        for row in range(size - 1)
        for column in range(size - 1)
    )
    dark = sum(map(sum, matrix))
    return score + 10 * (abs(dark * 20 - size * size * 10) // (size * size))
