"""Advice before production mode is switched on; the server enforces none of it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from hexclave_app.config.ordering import compare_key
from hexclave_app.config.schema import CompleteConfig
from hexclave_app.config.urls import parse_origin


@dataclass(frozen=True)
class ProductionModeError:
    """Something that should not go live, and the dashboard path where it is put right."""

    message: str
    relative_fix_url: str


def production_mode_errors(config: CompleteConfig, project_id: str) -> list[ProductionModeError]:
    """What keeps the project from being ready for production, in the order of the dashboard."""
    return [ProductionModeError(message, f"/projects/{project_id}/domains") for message in _messages(config)]


def _messages(config: CompleteConfig) -> Iterator[str]:
    if config.domains.allow_localhost:
        yield "Localhost is trusted. Switch it off under trusted domains."
    urls = (domain.base_url for domain in config.domains.trusted_domains.values())
    for url in sorted((url for url in urls if url is not None), key=compare_key):
        problem = _problem(url)
        if problem is not None:
            yield f"The trusted domain {url} {problem}."


def _problem(url: str) -> str | None:
    """The first thing wrong with a trusted domain."""
    origin = parse_origin(re.sub(r"\*+", "wildcard", url))
    if origin is None:
        return "is not a valid URL"
    if origin.is_loopback:
        return "leads to the visitor's own machine"
    if origin.is_ipv4:
        return "is a bare IP address; use a domain name"
    if origin.scheme != "https":
        return "does not use https"
    return None
