"""Which URLs are trusted: the contract's table, loopback, and attackers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import JsonValue

from hexclave_app.config.rendering import render
from hexclave_app.config.schema import CompleteConfig
from hexclave_app.config.trusted_domains import (
    base_url_problem,
    is_accepted_native_url,
    is_loopback,
    is_trusted_url,
    matches,
)


def config_of(*base_urls: str, localhost: bool = False) -> CompleteConfig:
    domains: JsonValue = {str(index): {"baseUrl": url} for index, url in enumerate(base_urls)}
    return render({}, {}, {"domains.trustedDomains": domains, "domains.allowLocalhost": localhost})


def trusts(config: CompleteConfig, url: str, hosted_origin: str | None = None) -> bool:
    return is_trusted_url(url, config=config, hosted_origin=hosted_origin)


@pytest.mark.parametrize(
    ("pattern", "urls", "is_trusted"),
    [
        ("https://example.com", ["https://example.com/any?x#y", "https://example.com:443/"], True),
        (
            "https://example.com",
            [
                "http://example.com",
                "https://www.example.com",
                "https://example.com:8443",
                "https://example.com.evil.com",
                "https://example.com@evil.com",
                "https://example.com.",
            ],
            False,
        ),
        ("https://example.com/app", ["https://example.com/other"], True),
        ("https://*.example.com", ["https://a.example.com"], True),
        (
            "https://*.example.com",
            ["https://a.b.example.com", "https://example.com", "https://a.example.com:8443"],
            False,
        ),
        ("https://**.example.com", ["https://a.b.example.com"], True),
        ("https://**.example.com", ["https://example.com"], False),
        ("https://api-*.example.com", ["https://api-v1.example.com", "https://api-.example.com"], True),
        ("https://*.*.org", ["https://mail.example.org"], True),
        ("http://*.example.com:3000", ["http://a.example.com:3000"], True),
        ("https://*.example.com:*", ["https://a.example.com", "https://a.example.com:8443"], True),
        ("http://*:8080", ["http://localhost:8080"], True),
        ("http://*:8080", ["http://example.com:8080"], False),
        ("http://**:8080", ["http://example.com:8080"], True),
        ("https://**", ["https://anything.example", "https://a.b.c/d"], True),
        ("https://**", ["https://anything.example:8443", "http://anything.example"], False),
        ("https://*.Example.com", ["https://a.example.com"], False),
        ("https://Example.com", ["https://example.COM"], True),
        ("myapp://cb", ["myapp://cb/x"], True),
        ("myapp://cb", ["myapp://other/x", "otherapp://cb/x"], False),
    ],
)
def test_table_of_the_contract(pattern: str, urls: list[str], is_trusted: bool) -> None:
    assert [trusts(config_of(pattern), url) for url in urls] == [is_trusted] * len(urls)


LOOPBACK = [
    *(
        "http://localhost",
        "https://localhost:3000/x",
        "http://a.localhost:8000",
        "http://LOCALHOST",
        "myapp://localhost",
    ),
    *("http://127.0.0.1:3000", "http://127.9.8.7", "http://[::1]:3000", "https://[0:0::1]"),
]
NOT_LOOPBACK = [
    *("http://0.0.0.0", "http://192.168.0.1", "http://10.0.0.1", "http://localhost.evil.com", "http://127.evil.com"),
    *(
        "http://localhost@evil.com",
        "http://127.0.0.1.evil.com",
        "http://notlocalhost",
        "http://[::2]",
        "http://localhost.",
    ),
    *("javascript://localhost/%0aalert(1)", "data://localhost/x", "intent://localhost/#Intent;scheme=https;end"),
    *("file://localhost/etc/passwd", "blob:http://localhost/x", "http:localhost", "http:///localhost", "//localhost"),
]


@pytest.mark.parametrize("url", LOOPBACK)
def test_loopback_is_trusted_only_when_allowed(url: str) -> None:
    assert is_loopback(url)
    assert trusts(config_of(localhost=True), url)
    assert not trusts(config_of(localhost=False), url)


@pytest.mark.parametrize("url", NOT_LOOPBACK)
def test_other_addresses_are_not_loopback(url: str) -> None:
    assert not is_loopback(url)
    assert not trusts(config_of(localhost=True), url)


@pytest.mark.parametrize("url", ["", "/path", "example.com", "//example.com", "https://", "https:///example.com", "?x"])
def test_relative_and_broken_urls_are_not_trusted(url: str) -> None:
    assert not trusts(config_of("https://**", "https://example.com", localhost=True), url)


def test_the_hosted_origin_is_trusted_implicitly() -> None:
    hosted = "https://project.pages.example"
    assert trusts(config_of(), f"{hosted}/handler/sign-in", hosted_origin=hosted)
    assert not trusts(config_of(), f"{hosted}/handler/sign-in")
    assert not trusts(config_of(), "https://other.pages.example", hosted_origin=hosted)


def test_an_entry_without_base_url_and_the_handler_path_play_no_role() -> None:
    config = render({}, {}, {"domains.trustedDomains": {"a": {"handlerPath": "https://evil.com"}}})
    assert not trusts(config, "https://evil.com")


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.com\\@example.com",
        "https://example.com\\.evil.com",
        "https:\\\\example.com",
        "https:example.com",
        "https:/example.com",
        "https:///example.com",
        "https://exa\tmple.com",
        "https://example.com\n.evil.com",
        "\thttps://example.com",
        " https://example.com",
        "https://example.com\0.evil.com",
        "https://example.com/\r\nLocation: https://evil.com",
        "https://example.com%2eevil.com",
        "https://example.com%00.evil.com",
        "https://e%78ample.com",
        "https://evil.com/https://example.com",
        "https://evil.com?https://example.com",
        "https://evil.com#@example.com",
        "https://evil.com/@example.com",
        "https://example.com:pw@evil.com",
        "https://example.com:443@evil.com",
        "https://example.com:443.evil.com",
        "https://example.com:0x1bb",
        "https://example.com:٤٤٣",
        "https://example.com:443443",
        "https://example。com.evil.com",
        "https://evil.com／.example.com",
        "https://evil.com⁄.example.com",
        "https://ｅxample.com",
        "https://exam\u00adple.com",
        "https://example.com\u200d",
        "https://ехample.com",
        "https://[example.com]",
        "https://example.com]",
        "https://[::ffff:example.com]",
        "javascript://example.com/%0aalert(1)",
        "data:text/html,https://example.com",
        "httpss://example.com",
    ],
)
def test_attacker_spellings_are_not_trusted(url: str) -> None:
    assert not trusts(config_of("https://example.com", "https://*.example.com"), url)


def test_user_info_is_ignored_but_never_mistaken_for_the_host() -> None:
    assert matches("https://example.com", "https://evil.com@example.com")
    assert matches("https://example.com", "https://a@b@example.com/")
    assert not matches("https://example.com", "https://example.com@evil.com/")


@pytest.mark.parametrize("scheme", ["javascript", "data", "vbscript", "blob", "file", "about"])
def test_schemes_that_run_or_read_locally_are_never_trusted_even_when_listed(scheme: str) -> None:
    assert not matches(f"{scheme}://cb", f"{scheme}://cb")
    assert not matches(f"{scheme}:alert(1)", f"{scheme}:alert(2)")
    assert not matches(f"{scheme}://**", f"{scheme}://cb")


@pytest.mark.parametrize(
    "host", ["127.1", "2130706433", "0x7f.0.0.1", "0177.0.0.1", "127.0.0.1.", "1.2.3.4.5", "a.0x1"]
)
def test_shorthand_addresses_are_refused(host: str) -> None:
    assert not is_loopback(f"http://{host}/")
    assert not matches("http://**", f"http://{host}/")


def test_wildcards_do_not_reach_into_ipv6_addresses_unless_double() -> None:
    assert not matches("https://*", "https://[2001:db8::1]")
    assert matches("https://**", "https://[2001:db8::1]")
    assert matches("https://[2001:db8::1]", "https://[2001:0db8:0:0::1]:443")


def test_wildcard_characters_are_not_regular_expressions() -> None:
    assert not matches("https://*.example.com", "https://a.exampleXcom")
    assert not matches("https://(a|b)*.example.com", "https://a.example.com")


def test_international_domains_match_in_both_spellings() -> None:
    assert matches("https://münchen.example", "https://xn--mnchen-3ya.example/x")
    assert matches("https://xn--mnchen-3ya.example", "https://MÜNCHEN.example")
    assert not matches("https://fass.example", "https://faß.example")


@pytest.mark.parametrize(
    "host", ["faß.example", "a／b.example", "a。b", "ｅvil.com", "a\u200db.com", "a⁄b.com", "①.com"]
)
def test_hosts_that_parsers_map_to_other_characters_are_refused(host: str) -> None:
    assert not matches("https://**", f"https://{host}")
    assert not matches(f"https://{host}", f"https://{host}")


def test_private_use_schemes_of_native_apps_match_without_host() -> None:
    assert matches("com.example.app:/", "com.example.app:/oauth?code=x")
    assert not matches("com.example.app:/", "com.example.other:/oauth")


def test_a_hostile_pattern_is_matched_quickly() -> None:
    pattern = "https://" + "**a" * 300 + "b"
    assert not matches(pattern, "https://" + "a" * 250 + ".com")


@given(st.text("ab.*", max_size=6), st.text("ab.", min_size=1, max_size=6))
def test_wildcards_agree_with_their_definition(pattern: str, host: str) -> None:
    def fits(rest: str, text: str) -> bool:
        if rest.startswith("**"):
            return any(fits(rest[2:], text[at:]) for at in range(len(text) + 1))
        if rest.startswith("*"):
            ends = [at for at in range(len(text) + 1) if "." not in text[:at]]
            return any(fits(rest[1:], text[at:]) for at in ends)
        return text == rest if not rest or not text else text[0] == rest[0] and fits(rest[1:], text[1:])

    if "*" in pattern:
        assert matches(f"https://{pattern}", f"https://{host}") == fits(pattern, host)


def test_the_native_scheme_is_accepted_apart_from_the_list() -> None:
    url = "stack-auth-mobile-oauth-url://callback"
    assert is_accepted_native_url(url)
    assert not trusts(config_of("https://**", localhost=True), url)
    assert not is_accepted_native_url("stack-auth-mobile-oauth-urls://callback")
    assert not is_accepted_native_url("https://stack-auth-mobile-oauth-url:")
    assert not is_accepted_native_url("stack-auth-mobile-oauth-url://a\r\nb")


@pytest.mark.parametrize(
    "text",
    [
        *("https://example.com", "http://localhost:3000/app", "myapp://cb", "https://*.example.com", "https://**"),
        *("http://api-*.example.com:3000/path", "https://münchen.example", "com.example.app:/callback"),
    ],
)
def test_good_base_urls_have_no_problem(text: str) -> None:
    assert base_url_problem(text) is None


@pytest.mark.parametrize(
    "text",
    [
        *("", "example.com", "not a url", "https://a b.com", "https://example.com/" + "x" * 300, "javascript:alert(1)"),
        *("https:example.com", "https:/example.com"),
        *(
            "ftp://*.example.com",
            "myapp://*",
            "https://*@example.com",
            "https://example.com:*",
            "https://example.com/*",
        ),
        *("https://*.example.com?*", "https://*.example.com#*", "https://.*.com", "https://*.com.", "https://*..com"),
        *("https://*.exa_mple.com", "https://*.[::1]", "*://example.com", "https://*.example.com:"),
    ],
)
def test_bad_base_urls_have_a_problem(text: str) -> None:
    assert base_url_problem(text) is not None
