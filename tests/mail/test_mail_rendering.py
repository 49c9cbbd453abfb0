"""Rendering in the locked processes: what mails look like, and what hostile sources cannot do."""

import os
import platform
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from hexclave_app.config.builtins import DEFAULT_THEME_ID, TEMPLATES, THEMES, BuiltinTemplate, BuiltinTheme
from hexclave_app.gateways.mail.render_pool import RenderPool
from hexclave_app.mail_templates.engine import Rendered, RenderJob
from hexclave_app.mail_templates.language import html_source
from hexclave_app.mail_templates.sandbox import _FILTERS

GOLDEN = Path(__file__).parent / "golden"
THEME = next(theme.source for theme in THEMES if theme.id == DEFAULT_THEME_ID)
PLAIN = "<mjml><mj-body>{{ children }}</mj-body></mjml>"


@pytest.fixture(scope="module")
def pool() -> Iterator[RenderPool]:
    created = RenderPool(size=1)
    yield created
    created.close()


def rendered(pool: RenderPool, source: str, **fields: object) -> Rendered:
    (result,) = pool.render_now([RenderJob(source, **{"theme": PLAIN, **fields})])  # type: ignore[arg-type]  # fields of several types
    assert isinstance(result, Rendered), result
    return result


def problem(pool: RenderPool, source: str, **fields: object) -> str:
    (result,) = pool.render_now([RenderJob(source, **{"theme": PLAIN, **fields})])  # type: ignore[arg-type]  # fields of several types
    assert isinstance(result, str), "it was rendered"
    return result


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.display_name)
@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.kind)
def test_every_built_in_mail_looks_as_it_was_approved(
    pool: RenderPool, template: BuiltinTemplate, theme: BuiltinTheme
) -> None:
    """After a wanted change: `UPDATE=1 pytest tests/mail/test_mail_rendering.py`, and look at the difference."""
    mail = rendered(
        pool,
        template.source,
        theme=theme.source,
        is_preview=True,
        user_name="John Doe",
        project_name="Acme",
    )
    name = f"{template.kind}-{theme.display_name.lower().replace(' ', '-')}"
    for suffix, content in (("html", mail.html), ("txt", f"Subject: {mail.subject}\n\n{mail.text}\n")):
        file = GOLDEN / f"{name}.{suffix}"
        if os.environ.get("UPDATE"):
            file.write_text(content)
        assert file.read_text() == content


def test_values_are_escaped_in_texts_attributes_and_not_in_subjects(pool: RenderPool) -> None:
    source = (
        '---\nsubject: Hi {{ user.displayName }}\nvariable: link string "#"\n---\n<mj-section><mj-column>'
        '<mj-text>{{ user.displayName }}</mj-text><mj-button href="{{ variables.link }}">x</mj-button>'
        "</mj-column></mj-section>"
    )
    link = 'https://example.com/?a=1&b="><script>alert(1)</script>'
    mail = rendered(pool, source, user_name="<b>& Ada\r\nBcc: all@example.com", variables={"link": link})
    assert "<script>" not in mail.html
    assert "&lt;b&gt;&amp; Ada" in mail.html
    assert "a=1&amp;b=&#34;&gt;&lt;script&gt;" in mail.html
    assert mail.subject == "Hi <b>& Ada Bcc: all@example.com"
    assert link in mail.text


def test_values_are_never_read_as_template_or_markup(pool: RenderPool) -> None:
    mail = rendered(pool, "<p>{{ user.displayName }}</p>", user_name="{{ 7 * 7 }}<mj-raw>{% if %}</mj-raw>")
    assert "{{ 7 * 7 }}&lt;mj-raw&gt;{% if %}" in mail.html


def test_html_of_a_call_is_inserted_as_it_is(pool: RenderPool) -> None:
    html = "<p>Hi {{ user.displayName }} <br> 1 < 2 <b>unclosed</p>"
    mail = rendered(pool, html_source(html), theme=THEME, user_name="Ada")
    assert html in mail.html
    assert mail.subject is None
    bare = rendered(pool, html_source(html), theme=None)
    assert bare.html == f"<!doctype html><html><body>{html}</body></html>"
    assert bare.text.startswith("Hi {{ user.displayName }}")


def test_only_themes_show_the_unsubscribe_link(pool: RenderPool) -> None:
    link = "https://example.com/unsubscribe?code=abc"
    themed = rendered(pool, "<p>News</p>", theme=THEME, unsubscribe_link=link)
    assert f'href="{link}"' in themed.html
    assert link in themed.text
    bare = rendered(pool, "<p>News</p>", theme=None, unsubscribe_link=link)
    assert link not in bare.html + bare.text


def test_nothing_is_loaded_from_elsewhere_when_a_mail_is_opened(pool: RenderPool) -> None:
    for theme in THEMES:
        html = rendered(pool, "<p>x</p>", theme=theme.source).html
        assert not re.search(r"<link|@import|<script|src=", html)


def test_logos_and_the_dark_variant_follow_the_theme(pool: RenderPool) -> None:
    logos = {"logoUrl": "https://example.com/square.png", "logoFullDarkModeUrl": "https://example.com/dark.png"}
    light, dark = (rendered(pool, "<p>x</p>", theme=theme.source, logos=logos).html for theme in (THEMES[0], THEMES[1]))
    assert "square.png" in light
    assert "dark.png" in dark
    assert "square.png" not in dark


def test_the_text_part_keeps_links_lists_and_breaks(pool: RenderPool) -> None:
    source = (
        "<p>One<br>two   three</p><ul><li>a</li><li>b</li></ul><p><a href='https://x.example/?a=1&amp;b=2'>here</a></p>"
    )
    assert rendered(pool, source).text == "One\ntwo three\n\n- a\n\n- b\n\nhere: https://x.example/?a=1&b=2"


def test_marked_regions_name_the_literal_texts_of_the_source(pool: RenderPool) -> None:
    body = "<mj-section><mj-column><mj-text>Hello {{ user.displayName }}!</mj-text></mj-column></mj-section>"
    source = f"---\nsubject: x\n---\n{body}"
    mail = rendered(pool, source, marks="template", user_name="Ada")
    first, last = (mail.regions or {}).values()
    assert (first["originalText"], last["originalText"]) == ("Hello", "!")
    assert source[first["loc"]["start"] : first["loc"]["end"]] == "Hello"
    assert first["parentElement"]["tagName"] == "mj-text"
    assert f"<!-- STACK_EDITABLE_START {first['id']} -->Hello" in mail.html
    assert "<!-- STACK_EXPR_START -->Ada<!-- STACK_EXPR_END -->" in mail.html
    themed = rendered(pool, source, marks="theme", theme=THEME, unsubscribe_link="https://example.com/u")
    assert {region["sourceFile"] for region in (themed.regions or {}).values()} == {"theme"}


@pytest.mark.parametrize("name", _FILTERS)
def test_every_filter_works_in_the_locked_process(pool: RenderPool, name: str) -> None:
    arguments = {"replace": "('a','b')", "truncate": "(9)", "join": "(',')"}.get(name, "")
    value = "[3, 1, 2]" if name in ("first", "last", "max", "min", "sort", "sum", "unique", "reverse") else "'5'"
    after = "|join" if name in ("sort", "unique", "reverse") else ""
    if name in ("abs", "round"):
        value = "5"
    rendered(pool, f"<p>{{{{ {value}|{name}{arguments}{after} }}}}</p>")


HOSTILE = {
    "class": "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "item": "{{ ''['__class__'] }}",
    "values": "{{ variables.__class__.__init__.__globals__ }}",
    "format": "{{ '{0.__class__}'.format(user) }}",
    "format method": "{{ user.displayName.format }}",
    "percent": "{{ '%s' % user }}",
    "attr filter": "{{ user|attr('__class__') }}",
    "map filter": "{{ [user]|map(attribute='__class__')|list }}",
    "join attribute": "{{ [user]|join(attribute='__class__') }}",
    "sort attribute": "{{ ['a', 'b']|sort(attribute='__class__')|first }}",
    "self": "{{ self._TemplateReference__context }}",
    "lipsum": "{{ lipsum.__globals__['os'].popen('id').read() }}",
    "cycler": "{{ cycler.__init__.__globals__ }}",
    "namespace": "{{ namespace(a=1).__class__ }}",
    "undefined": "{{ nothing.__class__ }}",
    "undefined call": "{{ nothing.__init__.__globals__ }}",
    "macro": "{% macro m() %}{% endmacro %}{{ m.__globals__ }}",
    "caller": "{% macro m() %}{{ caller.__code__ }}{% endmacro %}{% call m() %}x{% endcall %}",
    "loop": "{% for a in [1] %}{{ loop.__class__ }}{% endfor %}",
    "include": "{% include '/etc/passwd' %}",
    "import": "{% import 'os' as os %}",
    "from import": "{% from 'os' import path %}",
    "extends": "{% extends '/etc/passwd' %}",
    "autoescape": "{% autoescape false %}{{ user.displayName }}{% endautoescape %}",
    "safe filter": "{{ user.displayName|safe }}",
    "mj-include": '<mj-include path="/etc/passwd" />',
    "mj-include url": '<mj-include path="http://127.0.0.1:1/x" />',
    "power": "{{ 9 ** 9 ** 9 }}",
    "huge product": "{{ 1000000000000000 * 1000000000000000 }}",
    "long text": "{{ 'a' * 1000000000 }}",
    "list product": "{{ [1] * 1000000000 }}",
    "padding": "{{ '%1000000000d' % 1 }}",
    "centre": "{{ 'a'|center(1000000000) }}",
    "range": "{{ range(1000000000)|length }}",
    "nested loops": "{% for a in range(1000) %}" * 3 + "{% endfor %}" * 3,
    "growing text": "{% set x = 'aaaaaaaaaa' %}"
    + "{% set x = x.replace('a', x) %}" * 9
    + "{{ x|length }}",
    "recursion": "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
    "brackets": "{{" + "(" * 5_000,
    "deep markup": "<mj-text>" * 15_000,
    "large output": "{% for a in range(1000) %}{% for b in range(999) %}aaaa{% endfor %}{% endfor %}",
    "broken markup": "<mj-section><mj-text>",
    "half a character": "{{ '\\ud800' }}",
    "half a character in an error": "{{ user['\\ud800'].x }}",
    "syntax": "{% if %}",
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_sources_end_as_clear_errors_and_hurt_nobody_else(pool: RenderPool, name: str) -> None:
    good = RenderJob("<p>Hello</p>", theme=PLAIN)
    bad, after = pool.render_now([RenderJob(HOSTILE[name], theme=PLAIN, user_name="Ada"), good])
    assert isinstance(bad, str)
    assert bad
    assert not re.search(r"Traceback|root:|/etc|\.py\b", bad)
    assert isinstance(after, Rendered)


def test_themes_are_as_locked_in_as_templates(pool: RenderPool) -> None:
    assert "not available" in problem(pool, "<p>x</p>", theme="{{ children.__class__.__mro__ }}")
    assert "undefined" in problem(pool, "<p>x</p>", theme="<mjml>{{ variables }}</mjml>")


ATTEMPTS = """
import os, signal, socket, sys, threading
sys.path.insert(0, sys.argv[1])
from hexclave_app.mail_templates.lock import lock
lock()
for attempt in (
    lambda: os.kill(os.getppid(), 0), lambda: os.kill(os.getpid(), 0), lambda: socket.socket(), os.fork,
    lambda: os.open("/etc/passwd", os.O_RDONLY), lambda: os.unlink("/nothing"), lambda: os.mkdir("/nothing"),
    lambda: os.execv("/bin/true", ["true"]), lambda: os.chmod("/nothing", 0), lambda: os.symlink("a", "/nothing"),
    lambda: os.memfd_create("x"), lambda: os.truncate("/nothing", 0), lambda: os.rename("/nothing", "/other"),
    lambda: os.pidfd_open(os.getppid()), os.pipe,
):
    try:
        attempt()
        print("went through")
    except OSError as error:
        print(error.strerror)
"""


@pytest.mark.skipif(platform.machine() not in ("x86_64", "aarch64"), reason="no filter of system calls here")
def test_even_python_itself_can_do_nothing_once_it_is_locked() -> None:
    root = str(Path(__file__).resolve().parent.parent.parent)
    command = [sys.executable, "-I", "-c", ATTEMPTS, root]
    done = subprocess.run(command, capture_output=True, text=True, timeout=20, check=True)
    assert set(done.stdout.split("\n")) == {"Operation not permitted", "Too many open files", ""}, done.stderr
    assert done.stdout.count("Too many open files") == 1, "only the pipe is left to the limit of files"


def test_the_process_sees_no_environment_and_opens_no_file(pool: RenderPool) -> None:
    rendered(pool, "<p>x</p>")
    child = pool._pop()
    assert child is not None
    process = child._process.pid
    pool._idle.put(child)
    limits = Path(f"/proc/{process}/limits").read_text()
    for name in ("Max open files", "Max file size", "Max core file size"):
        assert re.search(rf"{name}\s+0\s+0\s", limits)
    assert re.search(r"Max address space\s+536870912\s", limits)
    assert re.search(r"NoNewPrivs:\s+1", Path(f"/proc/{process}/status").read_text())
