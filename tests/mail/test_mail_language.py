"""The header of a source: what it declares, and what is refused."""

import pytest
from pydantic import JsonValue

from hexclave_app.mail_templates.language import TemplateError, checked_variables, parse, preview_variables

GOOD = """---
subject: Hello {{ user.displayName }}
category: Marketing
variable: city string "Berlin"
variable: visit.count number 3
variable: note string? null
---
<mj-section></mj-section>
"""


def test_a_header_declares_subject_category_and_variables() -> None:
    source = parse(GOOD)
    assert (source.subject, source.category) == ("Hello {{ user.displayName }}", "Marketing")
    assert source.body.strip() == "<mj-section></mj-section>"
    assert preview_variables(source) == {"city": "Berlin", "visit": {"count": 3}, "note": None}


def test_undeclared_variables_are_dropped_and_optional_ones_are_null() -> None:
    given: dict[str, JsonValue] = {"city": "Rome", "visit": {"count": 2, "secret": 1}, "more": True}
    assert checked_variables(parse(GOOD), given) == {"city": "Rome", "visit": {"count": 2}, "note": None}


def test_missing_and_mistyped_variables_are_named() -> None:
    with pytest.raises(TemplateError, match=r"city is missing; visit\.count must be a number"):
        checked_variables(parse(GOOD), {"visit": {"count": "2"}})


def test_a_source_without_schema_gets_no_variables_unless_it_takes_any() -> None:
    assert checked_variables(parse("<p>Hello</p>"), {"a": 1}) == {}
    assert checked_variables(parse("---\nvariables: any\n---\nx"), {"a": 1}) == {"a": 1}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("---\nsubject: a\nsubject: b\n---\n", "more than one 'subject'"),
        ("---\nsubject a\n---\n", "not of the form `key: value`"),
        ("---\ncolour: red\n---\n", "unknown key 'colour'"),
        ("---\nsubject: a\n", "no closing"),
        ("---\nvariable: x text\n---\n", "unknown type 'text'"),
        ("---\nvariable: x string hello\n---\n", "not JSON"),
        ('---\nvariable: a string "x"\nvariable: a.b string "y"\n---\n', "lies within another"),
        ("---\nvariable: x string " + "[" * 50_000 + "\n---\n", "not JSON"),
        ("import { Html } from 'x';\nexport function EmailTemplate() {}", "TSX"),
        ("x" * 200_001, "longer than"),
    ],
)
def test_a_bad_header_is_refused_with_its_reason(text: str, message: str) -> None:
    with pytest.raises(TemplateError, match=message):
        preview_variables(parse(text))
