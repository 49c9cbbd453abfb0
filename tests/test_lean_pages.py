"""Built pages are painted before their scripts come, with no more scripts and styles than they use."""

import gzip
from pathlib import Path

import pytest

from hexclave_app.lean_scripts import with_common_files, without_loaders
from hexclave_app.lean_styles import UnknownStylesError, Used, lean, used_by, used_colors, write_lean_styles
from hexclave_app.paint_first import UnknownPageError, paint_first, paint_pages_first

USED = Used(families=frozenset({"rt-Button", "rt-Flex"}), responsive={"sm": frozenset({"rt-r-gap"})})
BUILT = (
    '<head><link rel="modulepreload" href="/assets/a.js"/><link rel="modulepreload" href="/assets/b.js"/></head>'
    '<body><form></form><script type="module" async="">import "/assets/a.js";\nlet x = "</b>";</script></body>'
)


@pytest.mark.parametrize(
    "rule",
    [
        ".rt-Button{a:b}",
        ".rt-Button:where(.rt-variant-soft){a:b}",
        ".rt-Flex:where(.rt-Slider, .rt-r-gap-1){a:b}",
        ".rt-Button:not(.rt-Slider){a:b}",
        "@media (min-width: 768px){.sm\\:rt-r-gap-2{a:b}}",
        "@keyframes rt-slide{from{a:b}}",
        ":root{--a:b}",
    ],
)
def test_what_pages_use_keeps_its_style(rule: str) -> None:
    assert "".join(lean(rule, USED).split()) == "".join(rule.split())


@pytest.mark.parametrize(
    "rule",
    [
        ".rt-Slider{a:b}",
        ".rt-Flex > .rt-Slider{a:b}",
        ".rt-Flex:where(.rt-Slider, .rt-Kbd){a:b}",
        ".rt-Flex:has(.rt-Slider){a:b}",
        "@media (min-width: 768px){.sm\\:rt-r-gapless{a:b}}",
        "@media (min-width: 768px){.sm\\:rt-r-display-none{a:b}}",
        "@media (min-width: 1024px){.md\\:rt-r-gap-2{a:b}}",
    ],
)
def test_what_no_page_uses_goes(rule: str) -> None:
    assert lean(rule, USED) == ""


def test_a_rule_for_several_keeps_those_that_are_used() -> None:
    assert lean(".rt-Slider, .rt-Button, .rt-Kbd{a:b}", USED) == ".rt-Button{a:b}\n"


@pytest.fixture
def themes(tmp_path: Path) -> Path:
    """Radix Themes as npm installs it, with two components."""
    folder = tmp_path / "node_modules" / "@radix-ui" / "themes"
    modules = {
        "dist/esm/components/icon-button.js": 'import{b}from"./base.js";const a="rt-IconButton"',
        "dist/esm/components/base.js": 'import{g}from"../props/gap.js";const a="rt-BaseButton"',
        "dist/esm/components/slider.js": 'const a="rt-Slider"',
        "dist/esm/props/gap.js": 'const g={gap:{type:"enum | string",className:"rt-r-gap",responsive:!0}}',
        "tokens/base.css": ":root{--base:1}",
        "tokens/colors/red.css": ":root{--red-9:red}",
        "tokens/colors/lime.css": ":root{--lime-9:lime}",
        "components.css": ".rt-Slider{a:b}.rt-IconButton{a:b}",
        "utilities.css": "@media (min-width: 768px){.sm\\:rt-r-gap-1{a:b}}@media (width>9px){.xs\\:rt-r-gap-1{a:b}}",
    }
    for name, text in modules.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


PAGE = """import { IconButton as RadixThemesIconButton } from "@radix-ui/themes"
jsx(RadixThemesIconButton, {gap:({ ["initial"] : "1", ["sm"] : "2" })})"""


def test_what_is_used_is_read_from_pages_and_from_the_modules_they_reach(themes: Path) -> None:
    used = used_by([PAGE, 'jsx("div", {className: "rt-Slider"})'], themes)
    assert used.families == {"rt-IconButton", "rt-BaseButton", "rt-Slider"}
    assert used.responsive == {"sm": {"rt-r-gap"}}


@pytest.mark.parametrize(
    "source", [PAGE.replace("IconButton as", "Gone as"), PAGE + 'jsx(A, {gap: [({ ["initial"] : "1" })]})']
)
def test_an_unknown_component_or_shape_of_value_stops_the_build(themes: Path, source: str) -> None:
    with pytest.raises(UnknownStylesError):
        used_by([source], themes)


@pytest.mark.parametrize("source", ['color_scheme="red"', "color='red'", '"var(--red-9)"', '"var(--red-a3)"'])
def test_a_colour_is_used_where_it_is_named(themes: Path, source: str) -> None:
    assert used_colors([source, "the lime tree, --lime, bored"], themes) == ["red"]


def test_the_lean_sheet_stands_where_the_whole_one_was_imported(themes: Path, tmp_path: Path) -> None:
    (tmp_path / "app_components").mkdir()
    (tmp_path / "app_components" / "button.jsx").write_text(PAGE)
    imports = tmp_path / "styles" / "__reflex_global_styles.css"
    imports.parent.mkdir()
    imports.write_text("@import url('@radix-ui/themes/styles.css');\n@import url('./toasts.css');")
    named = tmp_path / "badge.py"
    named.write_text('rx.badge(color_scheme="lime")')
    write_lean_styles(tmp_path, [named])
    assert imports.read_text() == "@import url('./radix_themes.css');\n@import url('./toasts.css');"
    sheet = (imports.parent / "radix_themes.css").read_text()
    assert [part in sheet for part in ("--base", "--lime-9", ".rt-IconButton", ".sm\\:rt-r-gap-1")] == [True] * 4
    assert sheet.index("--lime-9") < sheet.index("--base") < sheet.index(".rt-IconButton")  # the later rule counts
    assert [part in sheet for part in ("--red-9", ".rt-Slider", ".xs\\:")] == [False] * 3
    with pytest.raises(UnknownStylesError, match="global_styles"):
        write_lean_styles(tmp_path, [named])


def test_modules_are_asked_for_after_the_first_frame() -> None:
    page = paint_first(BUILT, "v1")
    head, _, body = page.partition("</head>")
    assert head == "<head>"
    assert body.count("<script") == body.count("</script>") == 1
    assert 'for (const href of ["/assets/a.js", "/assets/b.js"])' in body
    assert '>window.hexclaveBuild = "v1";' in body
    assert 'textContent: "import \\"/assets/a.js\\";\\nlet x = \\"\\u003c/b>\\";"' in body


def test_a_page_without_an_entry_stops_the_build() -> None:
    with pytest.raises(UnknownPageError):
        paint_first("<html></html>", "v1")


def test_every_page_and_its_compressed_copy_are_rewritten(tmp_path: Path) -> None:
    (tmp_path / "handler").mkdir()
    page = tmp_path / "handler" / "sign-in.html"
    page.write_text(BUILT)
    page.with_name("sign-in.html.gz").write_bytes(b"old")
    (tmp_path / "index.html").write_text(BUILT)
    paint_pages_first(tmp_path, "v1")
    assert page.read_text() == (tmp_path / "index.html").read_text() == paint_first(BUILT, "v1")
    assert gzip.decompress(page.with_name("sign-in.html.gz").read_bytes()).decode() == paint_first(BUILT, "v1")
    assert not (tmp_path / "index.html.gz").exists()


def test_no_library_is_kept_for_components_sent_as_code() -> None:
    root = 'a;\n  const loaders = {\n    "@radix-ui/themes": () => import("@radix-ui/themes"),\n  };\nb;'
    assert without_loaders(root) == without_loaders(without_loaders(root)) == "a;\n  const loaders = {\n  };\nb;"
    with pytest.raises(ValueError, match="root"):
        without_loaders("const loaders = load();")


def test_small_scripts_are_joined() -> None:
    config = "codeSplitting: {\n          groups: [\n            {},\n          ],\n}"
    changed = with_common_files(config)
    assert [f'name: "{name}"' in changed for name in ("icons", "common")] == [True, True]
    assert changed.endswith("            {},\n          ],\n}")
    assert with_common_files(changed) == changed
    with pytest.raises(ValueError, match="vite"):
        with_common_files("groups: {}")
