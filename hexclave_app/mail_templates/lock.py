"""Locking the process that renders: limits of the kernel, and a filter of system calls (seccomp, Linux).

Each of these alone would hold against what a template can say; together they hold even if Jinja or Python did not. On a
machine for which no numbers of system calls are listed, the limits remain.
"""

import ctypes
import platform
import resource
import signal
import struct
from typing import Final

MAX_MEMORY_BYTES: Final = 512 * 1024 * 1024  # address space; a rendering process takes about 150 MB of it
_PR_SET_DUMPABLE: Final = 4
_PR_SET_SECCOMP: Final = 22
_PR_SET_NO_NEW_PRIVS: Final = 38
_SECCOMP_MODE_FILTER: Final = 2
_ALLOW: Final = 0x7FFF0000
_REFUSE: Final = 0x00050000 | 1  # EPERM
_LOAD, _JUMP_IF_EQUAL, _JUMP_IF_AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_OTHER_NUMBERS: Final = 0x40000000  # the same calls under the numbers of x32
_OFFSET_NUMBER, _OFFSET_ARCHITECTURE = 0, 4

# Starting programs, signals and other processes, sockets, opening and changing files, kernel interfaces.
_X86_64: Final = (
    56, 57, 58, 59, 322, 435, 62, 129, 200, 234, 297, 424, 434, 438, 101, 310, 311, 41, 53, 2, 85, 257, 437, 304,
    76, 82, 83, 84, 86, 87, 88, 90, 92, 94, 258, 260, 263, 264, 265, 266, 268, 316, 133, 259, 132, 235, 280,
    155, 161, 165, 166, 272, 308, 248, 249, 250, 298, 321, 323, 425, 319, 29, 240, 302, 160,
)  # fmt: skip
_AARCH64: Final = (
    220, 221, 281, 435, 129, 130, 131, 138, 240, 424, 434, 438, 117, 270, 271, 198, 199, 56, 437, 265, 45, 34, 35, 36,
    37, 38, 276, 33, 52, 53, 54, 55, 88, 40, 39, 41, 51, 97, 268, 217, 218, 219, 241, 280, 282, 425, 279, 194, 180,
    261, 164,
)  # fmt: skip
_FILTERS: Final = {"x86_64": (0xC000003E, _X86_64), "aarch64": (0xC00000B7, _AARCH64)}


def lock() -> None:
    """Give up everything but reading, writing and computing; there is no way back."""
    signal.signal(signal.SIGPROF, signal.SIG_DFL)  # the end of the CPU time ends the process
    libc = ctypes.CDLL(None, use_errno=True)
    for option in (_PR_SET_NO_NEW_PRIVS, _PR_SET_DUMPABLE):
        libc.prctl(option, 1 if option == _PR_SET_NO_NEW_PRIVS else 0, 0, 0, 0)
    limits = {
        resource.RLIMIT_AS: MAX_MEMORY_BYTES,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_NOFILE: 0,  # no file and no socket can be opened
        resource.RLIMIT_NPROC: 0,
    }
    for kind, limit in limits.items():
        resource.setrlimit(kind, (limit, limit))
    _filter_system_calls(libc)


def _filter_system_calls(libc: ctypes.CDLL) -> None:
    """Refuse the listed calls from now on; a kernel without filters leaves the limits alone."""
    found = _FILTERS.get(platform.machine())
    if found is None:
        return
    program = _program(*found)
    instructions = ctypes.create_string_buffer(program)
    head = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(instructions))
    libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.create_string_buffer(head), 0, 0)


def _program(architecture: int, refused: tuple[int, ...]) -> bytes:
    """The filter as classic BPF: calls of a foreign kind and the listed ones fail with EPERM."""
    last = len(refused) + 4  # the instruction that allows; the next one refuses
    steps = [
        (_LOAD, 0, 0, _OFFSET_ARCHITECTURE),
        (_JUMP_IF_EQUAL, 0, last - 1, architecture),
        (_LOAD, 0, 0, _OFFSET_NUMBER),
        (_JUMP_IF_AT_LEAST, last - 3, 0, _OTHER_NUMBERS),
        *((_JUMP_IF_EQUAL, last - 4 - position, 0, number) for position, number in enumerate(refused)),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _REFUSE),
    ]
    return b"".join(struct.pack("HBBI", *step) for step in steps)
