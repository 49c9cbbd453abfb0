"""The process that renders: it locks itself in, then answers one job after another until its input ends.

It has no files, no network, no environment, little memory and little time. A job that takes too much of these ends the
process, which its owner (`gateways/mail/render_pool.py`) notices and replaces.
"""

import json
import os
import signal
import struct
import sys
from typing import Any, Final

from hexclave_app.mail_templates.engine import RenderJob, render
from hexclave_app.mail_templates.language import TemplateError
from hexclave_app.mail_templates.lock import lock

MAX_CPU_S: Final = 2.0  # per mail; usual ones take 0.002
_LENGTH: Final = struct.Struct(">I")


def main() -> None:
    """Warm up, lock, serve."""
    source = open(sys.stdin.fileno(), "rb", buffering=0)  # noqa: PTH123, SIM115 - kept open until the process ends
    target = open(sys.stdout.fileno(), "wb", buffering=0)  # noqa: PTH123, SIM115 - stays open for the process
    _warm_up()
    lock()
    _write(target, _LENGTH.pack(0))  # ready
    while (head := _read(source, _LENGTH.size)) is not None:
        body = _read(source, _LENGTH.unpack(head)[0])
        if body is None:
            return
        answer = json.dumps(_answer(body), ensure_ascii=False).encode("utf-8", "replace")
        _write(target, _LENGTH.pack(len(answer)) + answer)


def _answer(body: bytes) -> dict[str, Any]:
    signal.setitimer(signal.ITIMER_PROF, MAX_CPU_S)
    try:
        return render(RenderJob(**json.loads(body))).as_json()
    except TemplateError as error:
        return {"error": str(error)}
    except MemoryError:
        return {"error": "The mail takes too much memory."}
    except Exception as error:  # noqa: BLE001 - the edge of a job: the next one must not suffer
        return {"error": f"{type(error).__name__}: {error}"}
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _warm_up() -> None:
    """Use everything once: nothing can be loaded any more when the process is locked."""
    theme = "<mjml><mj-body>{{ children }}</mj-body></mjml>"
    good = (
        "---\nsubject: {{ user.displayName }}\n---\n<mj-section><mj-column><mj-text>{{ 'ä\\n'|upper|urlencode|title }}"
        "{{ '<b>&amp;</b>'|striptags|truncate(9)|trim }}{{ 1|round }}{% for a in [2, 1]|sort|unique %}{{ loop.index }}"
        "{% endfor %}</mj-text></mj-column></mj-section>"
    )
    for source in (good, "{{", "{{ user.__class__ }}", "{{ nothing }}", "<mj-text>", "{{ 1 // 0 }}", "{{ a|b }}"):
        _answer(json.dumps({"source": source, "theme": theme, "is_preview": True}).encode())


def _read(source: Any, size: int) -> bytes | None:  # noqa: ANN401 - a raw stream
    """Exactly so many bytes; None at the end."""
    chunks = bytearray()
    while len(chunks) < size:
        chunk = source.read(size - len(chunks))
        if not chunk:
            return None
        chunks += chunk
    return bytes(chunks)


def _write(target: Any, data: bytes) -> None:  # noqa: ANN401 - a raw stream
    view = memoryview(data)
    while view:
        view = view[target.write(view) :]


if __name__ == "__main__":
    os.umask(0o777)
    main()
