"""Statements compiled once per run, not once per database: every test has an engine, and so a cache, of its own."""

import functools
from typing import Any, Final

import pytest
from sqlalchemy import create_engine
from sqlalchemy.util import LRUCache
from sqlmodel import SQLModel

_KEPT: Final = 5000  # more than the product has statements


class _SharedCache(LRUCache[Any, Any]):
    """Compiled statements by the name of the dialect: SQLAlchemy asks with its object, of which each engine has one."""

    def get(self, key: Any, default: Any = None) -> Any:
        return super().get(_named(key), default)

    def __getitem__(self, key: Any) -> Any:
        return super().__getitem__(_named(key))

    def __setitem__(self, key: Any, value: Any) -> None:
        super().__setitem__(_named(key), value)


def share(patch: pytest.MonkeyPatch) -> None:
    """Let all databases of this process share one cache."""
    cache = _SharedCache(_KEPT)
    options = {"compiled_cache": cache}
    patch.setattr("hexclave_app.db.create_engine", functools.partial(create_engine, execution_options=options))
    for mapper in SQLModel._sa_registry.mappers:  # what the unit of work writes has caches of its own
        patch.setitem(mapper.__dict__, "_compiled_cache", cache)


def _named(key: tuple[Any, ...]) -> tuple[Any, ...]:
    dialect, *rest = key
    return (dialect.name, *rest)
