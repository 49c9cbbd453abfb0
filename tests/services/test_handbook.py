"""The product's own documents: safe to show, and found by what is in them."""

import os
from pathlib import Path

import pytest

from hexclave_app.services import handbook
from hexclave_app.services.handbook import parse

KNOWN = ("readme", "emails")


@pytest.fixture
def house(tmp_path: Path) -> Path:
    (tmp_path / "docs" / "contract").mkdir(parents=True)
    (tmp_path / "README.md").write_text("# House\n\nSee [mails](docs/emails.md#top).\n\n## Start\n\nRun `make`.\n")
    (tmp_path / "docs" / "emails.md").write_text(
        "# E-mails\n\nAll of it.\n\n## Mail servers\n\nSMTP and its password.\n"
    )
    (tmp_path / "docs" / "zoo.md").write_text("# Zoo\n\nServers of *animals*.\n")
    (tmp_path / "docs" / "contract" / "secret.md").write_text("# Not read\n")
    return tmp_path


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "a <img src=x onerror=alert(1)> b",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](data:text/html,<b>)",
        '[x](https://a.example/"onmouseover="alert(1))',
        "![x](https://a.example/pixel.png)",
        "```\n</code></pre><script>\n```",
        "`<script>`",
        "| a |\n|---|\n| <iframe src=x> |",
        "## <svg onload=alert(1)>",
    ],
)
def test_nothing_but_text_and_structure_gets_into_a_page(text: str) -> None:
    html = parse("x", f"# Title\n\n{text}\n", KNOWN).html.lower()
    for bad in ("<script", "<img", "<iframe", "<svg", 'href="javascript', 'href="data', '"onmouseover'):
        assert bad not in html


@pytest.mark.parametrize(
    ("target", "shown"),
    [
        ("docs/emails.md", '<button type="button" data-document="emails">x</button>'),
        ("../README.md#start", '<button type="button" data-document="readme">x</button>'),
        (
            "https://a.example/b?c=d",
            '<a href="https://a.example/b?c=d" target="_blank" rel="noopener noreferrer">x</a>',
        ),
        ("http://a.example", "<span>x</span>"),
        ("ARCHITECTURE.md", "<span>x</span>"),
        ("../../etc/emails.md", "<span>x</span>"),
        ("#start", "<span>x</span>"),
    ],
)
def test_links_lead_to_documents_or_out(target: str, shown: str) -> None:
    assert shown in parse("x", f"# Title\n\n[x]({target})\n", KNOWN).html


def test_headings_stand_below_the_only_one_of_the_page_and_can_be_reached() -> None:
    document = parse("x", "# Title\n\n## One\n\nText.\n\n### Two\n", KNOWN)
    assert document.title == "Title"
    assert [(one.number, one.heading, one.text) for one in document.sections] == [
        (0, "Title", ""),
        (1, "One", "Text."),
        (2, "Two", ""),
    ]
    assert '<h3 id="document-section-1" tabindex="-1">One</h3>' in document.html
    assert "<h1" not in document.html


def test_pictures_go_with_the_tables_that_hold_them() -> None:
    document = parse(
        "x", "# T\n\n| a | |\n|---|---|\n| ![p](p.png) | |\n\n![p](p.png)\n\n| b | |\n|---|---|\n| c | d |\n", KNOWN
    )
    assert document.html.count("<table>") == 1
    assert "p.png" not in document.html
    assert "<td></td>" in document.html  # an empty head of a column heads nothing


def test_documents_for_administrators_come_first_and_changes_are_seen(house: Path) -> None:
    assert list(handbook.documents(house)) == ["readme", "emails", "zoo"]
    file = house / "docs" / "zoo.md"
    file.write_text("# Menagerie\n")
    os.utime(file, ns=(1, 1))
    assert handbook.documents(house)["zoo"].title == "Menagerie"


def test_an_installation_without_documents_has_none(tmp_path: Path) -> None:
    assert (handbook.documents(tmp_path), handbook.search("x", tmp_path)) == ({}, [])


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("smtp", [("emails", "Mail servers")]),
        ("SERVERS", [("emails", "Mail servers"), ("zoo", "Zoo")]),  # in a heading before in a text
        ("mail password", [("emails", "Mail servers")]),
        ("smtp animals", []),
        ("  ", []),
        ("%", []),
    ],
)
def test_sections_are_found_by_all_words(house: Path, query: str, found: list[tuple[str, str]]) -> None:
    assert [(one.document.id, one.section.heading) for one in handbook.search(query, house)] == found


def test_an_excerpt_stands_around_the_word(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("# T\n\n" + "before " * 60 + "needle " + "after " * 60)
    (found,) = handbook.search("needle", tmp_path)
    assert "needle" in found.excerpt
    assert found.excerpt.startswith("… before")
    assert found.excerpt.endswith(" …")
    assert len(found.excerpt) < 200


def test_every_document_of_the_product_can_be_shown() -> None:
    documents = handbook.documents()
    assert documents["readme"].title == "Hexclave for Python"
    assert [one.id for one in documents.values() if not one.sections] == []
