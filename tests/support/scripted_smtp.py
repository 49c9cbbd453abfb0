"""An SMTP server that breaks the conversation where a test wants it to."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

OK = "250 OK"
GREETING = "greeting"
TEXT = "text"
_POLITE = {GREETING: "220 here", "EHLO": "250-here\r\n250 STARTTLS", "DATA": "354 go on", "STARTTLS": "454 not now"}
DROP = "drop"
STALL = "stall"


@dataclass
class ScriptedServer:
    """What it answers at each step (a reply, DROP or STALL), and what it was told."""

    port: int = 0
    answers: dict[str, str] = field(default_factory=dict)
    offers_tls: bool = False
    drop_once: list[str] = field(default_factory=list)
    """Steps at which one conversation ends."""
    told: list[str] = field(default_factory=list)
    connections: int = 0

    def answer(self, step: str) -> str:
        """The answer at a step: a command, GREETING, or TEXT after the message."""
        if step in self.drop_once:
            self.drop_once.remove(step)
            return DROP
        given = self.answers.get(step, _POLITE.get(step, OK))
        return given if self.offers_tls else given.replace("\r\n250 STARTTLS", "").replace("250-", "250 ")


@asynccontextmanager
async def scripted_server() -> AsyncIterator[ScriptedServer]:
    """Run a server in this event loop."""
    script = ScriptedServer()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        script.connections += 1
        try:
            await _converse(script, reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # the other end has gone
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    script.port = server.sockets[0].getsockname()[1]
    async with server:
        yield script
        server.close()


async def _converse(script: ScriptedServer, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    step, is_text = GREETING, False
    while True:
        answer = script.answer(step)
        if answer == DROP:
            return
        if answer == STALL:
            await reader.read()  # until the other end gives up
            return
        writer.write(f"{answer}\r\n".encode())
        await writer.drain()
        is_text = step == "DATA" and answer.startswith("354")
        if is_text:
            script.told.append((await reader.readuntil(b"\r\n.\r\n")).decode())
            step = TEXT
            continue
        line = (await reader.readuntil(b"\r\n")).decode().strip()
        script.told.append(line)
        step = line.partition(" ")[0].upper()
