"""Runs the one process that serves everything on one port."""

import gc
import importlib
import os
import sys
from collections.abc import Callable

import uvicorn
from reflex_base.environment import environment
from starlette.types import ASGIApp

from hexclave_app import frontend
from hexclave_app.settings import Settings
from hexclave_app.whole_answers import WholeAnswerProtocol

GRACE_S = 3  # open sockets never end by themselves, so a stop waits only this long for them


def serve(settings: Settings) -> None:
    """Serve until SIGTERM or SIGINT; the pages must have been built (`frontend.ensure_built`)."""
    application = load_application()
    # What is loaded now stays: the collector need not look through it again and again.
    gc.collect()
    gc.freeze()
    config = uvicorn.Config(
        application,
        host=settings.bind_host,
        port=settings.port,
        loop="uvloop",
        http=WholeAnswerProtocol,
        ws="wsproto",
        lifespan="on",
        log_config=None,  # the product's own logging rules
        log_level="warning",
        access_log=False,
        server_header=False,
        date_header=False,
        proxy_headers=False,  # which proxies are believed is the API's decision (contract 01, section 15)
        timeout_graceful_shutdown=GRACE_S,
    )
    uvicorn.Server(config).run()


def load_application() -> ASGIApp:
    """Return the whole product as one ASGI application, with the built pages and without compiling them."""
    os.chdir(frontend.ROOT)  # Reflex finds its configuration and its build relative to the working directory
    os.environ.update(frontend.reflex_environment())
    environment.REFLEX_SKIP_COMPILE.set(True)
    environment.REFLEX_MOUNT_FRONTEND_COMPILED_APP.set(True)
    if str(frontend.ROOT) not in sys.path:
        sys.path.insert(0, str(frontend.ROOT))
    # Loaded only now: importing it builds the app, which reads the environment set above.
    app: Callable[[], ASGIApp] = importlib.import_module("hexclave_app.hexclave_app").app
    return app()
