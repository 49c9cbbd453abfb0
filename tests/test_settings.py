"""The environment: documented, validated, and secrets that only their owner can read."""

import json
import multiprocessing
import re
import stat
from enum import Enum
from pathlib import Path
from typing import Any

import pytest

from hexclave_app.security.secrets_file import SECRETS_FILE, SecretsFileError, load_or_create_secrets
from hexclave_app.settings import OAUTH_PROVIDERS, OAuthClient, Settings, SettingsError, load_settings

EXAMPLE = Path(__file__).resolve().parent.parent / "hexclave.env.example"
LINE = re.compile(r"^#HEXCLAVE_([A-Z0-9_]+)=(.*)$")


def documented() -> dict[str, str]:
    return {match[1]: match[2] for line in EXAMPLE.read_text().splitlines() if (match := LINE.match(line))}


def shown(default: Any) -> str:
    if default is None:
        return ""
    if isinstance(default, bool):
        return str(default).lower()
    return str(default.value if isinstance(default, Enum) else default)


def test_the_example_file_documents_every_variable_with_its_default() -> None:
    fields = {name.upper(): shown(field.default) for name, field in Settings.model_fields.items() if name != "oauth"}
    oauth = {
        f"OAUTH_{provider}_{name}".upper(): "" for provider in OAUTH_PROVIDERS for name in OAuthClient.model_fields
    }
    assert documented() == fields | oauth


def test_every_variable_of_the_example_file_has_an_explanation() -> None:
    lines = EXAMPLE.read_text().splitlines()
    blocks = "\n".join(lines).split("\n\n")
    unexplained = [block for block in blocks if LINE.search(block) and not block.startswith("# ")]
    assert unexplained == []


def test_the_example_file_as_it_is_changes_nothing(tmp_path: Path) -> None:
    given = {f"HEXCLAVE_{name}": value for name, value in documented().items() if not name.startswith("OAUTH_")}
    assert load_settings(given) == load_settings({})


def test_unknown_variables_are_named_and_refused() -> None:
    with pytest.raises(SettingsError, match=r"Unknown settings: HEXCLAVE_DATABSE_URL, HEXCLAVE_OAUTH_ACME_CLIENT_ID\."):
        load_settings({"HEXCLAVE_DATABSE_URL": "x", "HEXCLAVE_OAUTH_ACME_CLIENT_ID": "y", "PATH": "/bin"})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "0"),
        ("PORT", "http"),
        ("PUBLIC_URL", "auth.example.com"),
        ("PUBLIC_URL", "ftp://auth.example.com"),
        ("HOSTED_DOMAIN_SUFFIX", "auth.example.com"),
        ("TRUSTED_PROXY", "nginx"),
        ("ACCESS_TOKEN_LIFETIME", "59"),
        ("DATABASE_URL", "mysql://localhost/x"),
        ("SMTP_SECURITY", "ssl3"),
        ("DASHBOARD_SIGN_UP", "maybe"),
        ("SUPPORT_EMAIL", "help"),
        ("SUPPORT_EMAIL", "a@b?bcc=c@d"),
        ("SUPPORT_URL", "help.example.com"),
        ("FEATURE_REQUESTS_URL", "javascript:alert(1)"),
        ("INTERNAL_SECRET_SERVER_KEY", "too-short"),
    ],
)
def test_a_wrong_value_names_its_variable(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=f"HEXCLAVE_{name}"):
        load_settings({f"HEXCLAVE_{name}": value})


def test_several_wrong_values_are_all_named() -> None:
    with pytest.raises(SettingsError, match=r"HEXCLAVE_PORT.*HEXCLAVE_SMTP_PORT"):
        load_settings({"HEXCLAVE_PORT": "-1", "HEXCLAVE_SMTP_PORT": "65536"})


def test_values_are_read_and_folded() -> None:
    settings = load_settings(
        {
            "HEXCLAVE_PUBLIC_URL": "https://auth.example.com/some/path",
            "HEXCLAVE_TRUSTED_PROXY": " CloudFlare ",
            "HEXCLAVE_OAUTH_GITHUB_CLIENT_ID": "id",
            "HEXCLAVE_OAUTH_GITHUB_CLIENT_SECRET": "secret",
        }
    )
    assert settings.origin == "https://auth.example.com"
    assert settings.trusted_proxy.value == "cloudflare"
    assert settings.oauth["github"] == OAuthClient(client_id="id", client_secret="secret")
    assert (settings.is_local, settings.is_secure) == (False, True)


@pytest.mark.parametrize("url", ["http://localhost:9000", "http://x.localhost", "http://127.0.0.1:1", "http://[::1]:8"])
def test_development_conveniences_exist_on_this_machine_only(url: str) -> None:
    assert load_settings({"HEXCLAVE_PUBLIC_URL": url}).is_local
    assert load_settings({"HEXCLAVE_PUBLIC_URL": url}).dashboard_sign_up_mode.value == "open"
    assert (
        load_settings({"HEXCLAVE_PUBLIC_URL": "http://localhost.example.com"}).dashboard_sign_up_mode.value == "first"
    )


def test_secrets_are_generated_once_and_readable_by_their_owner_only(tmp_path: Path) -> None:
    first = load_or_create_secrets(tmp_path / "new")
    path = tmp_path / "new" / SECRETS_FILE
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert load_or_create_secrets(tmp_path / "new") == first
    assert load_or_create_secrets(tmp_path / "other") != first


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o777])
def test_secrets_that_others_can_reach_are_refused(tmp_path: Path, mode: int) -> None:
    load_or_create_secrets(tmp_path)
    (tmp_path / SECRETS_FILE).chmod(mode)
    with pytest.raises(SecretsFileError, match="chmod 600"):
        load_or_create_secrets(tmp_path)


def test_an_incomplete_secrets_file_is_refused_instead_of_replaced(tmp_path: Path) -> None:
    load_or_create_secrets(tmp_path)
    path = tmp_path / SECRETS_FILE
    values = json.loads(path.read_text())
    del values["sealing_key"]
    path.write_text(json.dumps(values))
    with pytest.raises(SecretsFileError, match="sealing_key"):
        load_or_create_secrets(tmp_path)


@pytest.mark.parametrize("content", ["", "{", "[]", "null", '{"server_secret": 1}'])
def test_a_damaged_secrets_file_is_refused_with_advice(tmp_path: Path, content: str) -> None:
    load_or_create_secrets(tmp_path)
    (tmp_path / SECRETS_FILE).write_text(content)
    with pytest.raises(SecretsFileError, match="backup"):
        load_or_create_secrets(tmp_path)


def create_at_once(folder: str, barrier: Any, answers: Any) -> None:
    barrier.wait()
    answers.put(load_or_create_secrets(Path(folder)).server_secret)


def test_processes_that_start_at_once_agree_on_the_secrets(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    barrier, answers = context.Barrier(2), context.Queue()
    arguments = (str(tmp_path), barrier, answers)
    processes = [context.Process(target=create_at_once, args=arguments) for _ in range(2)]
    for process in processes:
        process.start()
    found = {answers.get(timeout=60) for _ in processes}
    for process in processes:
        process.join()
    assert found == {load_or_create_secrets(tmp_path).server_secret}
    assert [path.name for path in tmp_path.iterdir()] == [SECRETS_FILE]


def test_settings_of_parts_that_are_not_built_are_named() -> None:
    settings = load_settings({"HEXCLAVE_STRIPE_SECRET_KEY": "sk", "HEXCLAVE_PORT": "9000"})
    assert settings.without_effect() == ["HEXCLAVE_STRIPE_SECRET_KEY"]
