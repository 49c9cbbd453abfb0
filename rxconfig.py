"""Reflex configuration: one origin for pages, socket and API; nothing that phones home."""

import reflex as rx

from hexclave_app.lean_scripts import LeanScripts
from hexclave_app.page_language import PageLanguage
from hexclave_app.page_versions import PageVersions
from hexclave_app.same_origin import SameOriginBackend
from hexclave_app.typeface import Typeface

config = rx.Config(
    app_name="hexclave_app",
    # A placeholder origin: SameOriginBackend makes the browser connect back to wherever the page came from.
    api_url="http://localhost:8000",
    cors_allowed_origins=[],
    telemetry_enabled=False,
    show_built_with_reflex=False,
    state_manager_mode=rx.constants.StateManagerMode.MEMORY,
    frontend_compression_formats=["gzip"],
    frontend_lazy_bundled_libraries=True,  # and then none: LeanScripts
    disable_plugins=[rx.plugins.SitemapPlugin],
    plugins=[
        rx.plugins.RadixThemesPlugin(
            theme=rx.theme(appearance="inherit", accent_color="indigo", gray_color="slate", radius="medium")
        ),
        Typeface(),
        SameOriginBackend(),
        PageLanguage(),
        PageVersions(),
        LeanScripts(),
    ],
)
