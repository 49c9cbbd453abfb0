"""Texts of pages: `say` on pages that speak the visitor's language, `words` on the dashboard, which is English.

The pages are built once for all languages, so what `say` returns is looked up when the page is delivered and again by
the browser (`components/ui/language.js`). The messages stand in `hexclave_app/languages/texts/<language>/pages.ftl`.
What `words` returns is in the page as built; its messages stand in `hexclave_app/languages/texts/en/dashboard/`.
"""

from collections.abc import Mapping
from typing import Final, overload

import reflex as rx
from reflex.vars import FunctionStringVar, VarData

from components.ui import tokens
from hexclave_app.languages.catalog import check_use, dashboard_pattern
from hexclave_app.languages.negotiation import PARAMETER
from hexclave_app.languages.patterns import Argument, Pattern, arguments_of, text_of
from hexclave_app.languages.supported import ENGLISH, LANGUAGES

_MODULE: Final = "$/utils/language"
_SWITCH: Final = (
    "(() => {{ const here = new URL(location.href); here.searchParams.set('{parameter}', '{code}');"
    " location.replace(here); }})()"
)


def say(key: str, **arguments: object) -> rx.Var[str]:
    """The text of a message; refuses unknown keys and arguments that do not fit."""
    check_use(key, set(arguments))
    return _call("say", key, arguments) if arguments else _call("say", key)


def sentence(key: str, **pieces: rx.Component | object) -> rx.Component:
    """A message with a piece of the page, such as a bold name, in the place of one of its arguments."""
    check_use(key, set(pieces))
    components = {name: piece for name, piece in pieces.items() if isinstance(piece, rx.Component)}
    if len(components) != 1:
        raise ValueError(f"Exactly one argument of {key!r} is a component; without one, `say` does.")
    values = {name: piece for name, piece in pieces.items() if name not in components}
    ((name, component),) = components.items()
    before, after = (_call("sayAround", key, name, side, values) for side in (0, 1))
    return rx.fragment(before, component, after)


@overload
def words(key: str, **arguments: str | int) -> str: ...


@overload
def words(key: str, **arguments: str | int | rx.Var[str] | rx.Var[int]) -> str | rx.Var[str]: ...


def words(key: str, **arguments: object) -> str | rx.Var[str]:
    """The text of one of the dashboard's messages; refuses unknown keys and arguments that do not fit.

    Plain text, unless a value is known only in the browser.
    """
    return _formatted(dashboard_pattern(key, set(arguments)), arguments)


def words_around(key: str, **pieces: rx.Component | str | int | rx.Var[str]) -> rx.Component:
    """One of the dashboard's messages with a piece of the page in the place of one of its arguments."""
    pattern = dashboard_pattern(key, set(pieces))
    components = {name: piece for name, piece in pieces.items() if isinstance(piece, rx.Component)}
    if len(components) != 1 or isinstance(pattern, str):
        raise ValueError(f"Exactly one argument of {key!r} is a component; without one, `words` does.")
    values = {name: piece for name, piece in pieces.items() if name not in components}
    ((name, component),) = components.items()
    place = pattern.index(Argument(name=name))
    return rx.fragment(_formatted(pattern[:place], values), component, _formatted(pattern[place + 1 :], values))


def _formatted(pattern: Pattern, arguments: Mapping[str, object]) -> str | rx.Var[str]:
    known = {name: value for name, value in arguments.items() if isinstance(value, str | int)}
    if arguments_of(pattern) <= known.keys():
        return text_of(pattern, known, ENGLISH)
    return _call("words", pattern, arguments)


def messages_script() -> rx.Component:
    """The script with the messages of the page's language: it has run before the page becomes live."""
    return rx.el.script(
        custom_attrs={"dangerouslySetInnerHTML": _call("messagesScript"), "suppressHydrationWarning": True}
    )


class ReadingDirection(rx.Component):
    """Tells the menus and other pieces within which way the page is read."""

    library = _MODULE
    tag = "ReadingDirection"


def language_switch() -> rx.Component:
    """The links to the same page in other languages; they work without any script, too."""
    return rx.el.nav(
        *[_language_link(language.code, language.name) for language in LANGUAGES],
        aria_label=say("language"),
        display="flex",
        flex_wrap="wrap",
        justify_content="center",
        gap="var(--space-1) var(--space-4)",
    )


def _language_link(code: str, name: str) -> rx.Component:
    return rx.el.a(
        name,
        href=f"?{PARAMETER}={code}",
        lang=code,
        custom_attrs={"hrefLang": code, "aria-current": _call("isSpoken", code)},
        # Keeps the rest of the address, which the link alone would lose.
        on_click=rx.call_script(_SWITCH.format(parameter=PARAMETER, code=code)).prevent_default,
        style={
            "font_size": "var(--font-size-1)",
            "line_height": "var(--space-5)",
            "color": tokens.TEXT_MUTED,
            "&[aria-current=true]": {"color": tokens.TEXT, "font_weight": "600", "text_decoration": "none"},
        },
    )


def _call(function: str, *arguments: object) -> rx.Var[str]:
    imported = VarData(imports={_MODULE: [rx.ImportVar(tag=function)]})
    return FunctionStringVar.create(function, _var_data=imported).call(*arguments).to(str)
