"""An SMTP server that takes everything at once and writes down when: one line `seconds address` per mail."""

import asyncio
import sys
import time
from pathlib import Path
from typing import TextIO, cast

import uvloop


class _Session(asyncio.Protocol):
    def __init__(self, journal: TextIO) -> None:
        self._journal = journal
        self._buffer = b""
        self._is_data = False
        self._recipient = ""
        self._transport: asyncio.WriteTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.WriteTransport", transport)
        self._say(b"220 sink\r\n")

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while True:
            end = self._buffer.find(b"\r\n.\r\n" if self._is_data else b"\r\n")
            if end < 0:
                return
            line, self._buffer = self._buffer[:end], self._buffer[end + (5 if self._is_data else 2) :]
            self._take(line)

    def _take(self, line: bytes) -> None:
        verb = line[:4].upper()
        if self._is_data:
            self._is_data = False
            self._journal.write(f"{time.time():.6f} {self._recipient}\n")
            self._journal.flush()
            self._say(b"250 taken\r\n")
        elif verb == b"DATA":
            self._is_data = True
            self._say(b"354 go on\r\n")
        elif verb == b"RCPT":
            self._recipient = line.partition(b"<")[2].partition(b">")[0].decode()
            self._say(b"250 ok\r\n")
        else:
            self._say(b"221 bye\r\n" if verb == b"QUIT" else b"250 ok\r\n")

    def _say(self, text: bytes) -> None:
        if self._transport is not None:
            self._transport.write(text)


async def _serve(port: int, journal: Path) -> None:
    with journal.open("w") as file:
        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: _Session(file), "127.0.0.1", port)
        async with server:
            await server.serve_forever()


if __name__ == "__main__":
    uvloop.run(_serve(int(sys.argv[1]), Path(sys.argv[2])))
