"""A customer's own page on another site, which has parts of a project inside."""

import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import FrameLocator, Page, expect

from tests.support.servers import Server

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Notes</title>
<style>
html {{ color-scheme: light; font-family: sans-serif; }}
html.dark {{ color-scheme: dark; }}
body {{ margin: .5rem; }}
header {{ display: flex; justify-content: space-between; }}
</style>
<script src="{script}" data-project-id="{project_id}"></script>
</head>
<body>
<header>
<hexclave-team-switcher allow-null null-label="Just me"></hexclave-team-switcher>
<hexclave-user-button show-user-info extra-items='[{{"id":"billing","text":"Billing"}}]'></hexclave-user-button>
</header>
<main>
<h1>Notes</h1>
{parts}
</main>
<script>
window.told = [];
for (const name of ["ready", "signed-in", "signed-out", "team-selected", "item", "error"]) {{
  document.addEventListener(`hexclave-${{name}}`, (event) => told.push([name, event.detail]));
}}
</script>
</body>
</html>
"""


# Takes the place of a part, asks like one, and shows whatever it is told.
IMPOSTOR = """<!doctype html><html lang="en"><title>x</title><output>nothing</output><script>
const heard = [];
addEventListener("message", (event) => {
  heard.push(event.data);
  document.querySelector("output").textContent = JSON.stringify(heard);
});
const say = (type, data) => parent.postMessage({ hexclave: 1, type, nonce: null, ...data }, "*");
say("ready", { component: "user-button", version: 1, load: "x" });
say("signed-in", { code: "x", newUser: true });
say("signed-out", {});
</script></html>"""


@dataclass(frozen=True)
class App:
    """The customer's site; the path says which part its page has inside, `?strict` that it has a strict policy."""

    port: int
    frames: dict[str, str]
    """Addresses to frame without any script, by path; the page at `/impostor` is `IMPOSTOR`."""

    def url(self, path: str = "/sign-up", *, host: str = "app.localhost") -> str:
        """An address of the site; every host name leads to it."""
        return f"http://{host}:{self.port}{path}"


@contextmanager
def running_app(server: Server, project_id: str) -> Iterator[App]:
    """Serve the site on a free port."""
    frames: dict[str, str] = {}
    script = server.url("/hexclave.js", host=f"{project_id}.localhost")
    hosted = server.url("", host=f"{project_id}.localhost")
    # Says nothing that allows a style or script within the page; its own ones are refused, too.
    policy = f"default-src 'none'; script-src {hosted}; frame-src {hosted}; connect-src {hosted}"

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            if path == "/impostor":
                text = IMPOSTOR
            elif path in frames:
                text = f'<!doctype html><title>x</title><iframe src="{frames[path]}"></iframe>'
            else:
                parts = f"<hexclave-{path.strip('/')}></hexclave-{path.strip('/')}>"
                text = _PAGE.format(script=script, project_id=project_id, parts=parts)
            self.send_response(200)
            self.send_header("content-type", "text/html; charset=utf-8")
            if self.path.endswith("?strict"):
                self.send_header("content-security-policy", policy)
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *arguments: object) -> None:
            pass

    site = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=site.serve_forever, daemon=True)
    thread.start()
    try:
        yield App(site.server_address[1], frames)
    finally:
        site.shutdown()
        site.server_close()
        thread.join()


def part(page: Page, name: str) -> FrameLocator:
    """A part that is shown: before, nobody could see or press anything in it."""
    expect(page.locator(f"hexclave-{name} iframe")).to_have_class("shown")
    return page.frame_locator(f"hexclave-{name} iframe")
