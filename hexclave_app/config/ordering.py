"""The order of strings that the wire contract prescribes for every sorted list."""


def compare_key(text: str) -> tuple[bytes, tuple[int, ...]]:
    """Sort key: upper-cased UTF-16 code units; ties in reverse code-unit order (lower case before upper case)."""
    units = memoryview(text.encode("utf-16-le", "surrogatepass")).cast("H")
    upper = text.upper().encode("utf-16-be", "surrogatepass")
    return upper, (*(-unit for unit in units), 1)
