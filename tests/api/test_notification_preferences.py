"""Notification preferences over the API (contract 04, section 8)."""

import uuid

import pytest

from hexclave_app.installation import Installation
from hexclave_app.services import notification_preferences as preferences
from tests.support.clients import ApiClient, known_error
from tests.support.people import Person, happened, person
from tests.support.projects import TestProject, as_client, as_server, create_project
from tests.support.races import at_once, statuses

PATH = "/emails/notification-preference"
TRANSACTIONAL, MARKETING = str(preferences.TRANSACTIONAL.id), str(preferences.MARKETING.id)
NOBODY = "2f8c2a0e-5f5b-4b8f-9a55-0d1f3f3b7a11"
DEFAULTS = [
    {"notification_category_id": "7bb82d33-2f54-4a3d-9d23-82739e0d66ef", "notification_category_name": "Transactional",
     "enabled": True, "can_disable": False},
    {"notification_category_id": "4f6f8873-3d04-46bd-8bef-18338b1a1b4c", "notification_category_name": "Marketing",
     "enabled": True, "can_disable": True},
]  # fmt: skip


@pytest.fixture
def project(installation: Installation) -> TestProject:
    return create_project(installation)


@pytest.fixture
async def ada(client: ApiClient, installation: Installation, project: TestProject) -> Person:
    return await person(client, installation, project)


async def test_preferences_start_with_the_defaults_and_keep_the_choice(
    ada: Person, installation: Installation, project: TestProject
) -> None:
    before = happened(installation, project)
    assert (await ada.client.get(f"{PATH}/me")).json() == {"items": DEFAULTS, "is_paginated": False}
    for enabled in (False, True, False):
        changed = await ada.client.patch(f"{PATH}/me/{MARKETING}", {"enabled": enabled})
        assert changed.json() == {**DEFAULTS[1], "enabled": enabled}
    assert (await ada.client.get(f"{PATH}/me")).json()["items"] == [DEFAULTS[0], {**DEFAULTS[1], "enabled": False}]
    assert happened(installation, project) == before


async def test_transactional_mails_are_sent_whatever_was_chosen(
    ada: Person, installation: Installation, project: TestProject
) -> None:
    for category in (TRANSACTIONAL, MARKETING):
        assert (await ada.client.patch(f"{PATH}/me/{category}", {"enabled": False})).json()["enabled"] is False
    identity = {"tenancy_id": project.tenancy_id, "user_id": uuid.UUID(ada.id)}
    wanted = [installation.db.call(preferences.wants, **identity, kind=kind) for kind in preferences.CATEGORIES]
    assert wanted == [True, False]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_preferences_are_checked_in_the_order_of_the_contract(
    client: ApiClient, installation: Installation, project: TestProject, ada: Person
) -> None:
    server, nobody = as_server(client, project), as_client(client, project)
    stranger = as_server(client, create_project(installation, name="Other"))
    for caller, path, status, code in (
        (ada.client, f"{PATH}/{NOBODY}/{NOBODY}", 404, None),
        (nobody, f"{PATH}/{ada.id}/{MARKETING}", 401, "USER_AUTHENTICATION_REQUIRED"),
        (ada.client, f"{PATH}/{NOBODY}/{MARKETING}", 403, None),
        (server, f"{PATH}/{NOBODY}/{MARKETING}", 404, "USER_NOT_FOUND"),
        (stranger, f"{PATH}/{ada.id}/{MARKETING}", 404, "USER_NOT_FOUND"),
        (server, f"{PATH}/{ada.id}/{MARKETING}", 200, None),
    ):
        response = await caller.patch(path, {"enabled": False})
        assert (response.status_code, known_error(response)) == (status, code)
    assert (await ada.client.get(f"{PATH}/{NOBODY}")).status_code == 403
    assert known_error(await server.get(f"{PATH}/{NOBODY}")) == "USER_NOT_FOUND"


async def test_parallel_choices_all_succeed(ada: Person) -> None:
    path = f"{PATH}/me/{MARKETING}"
    answers = await at_once([ada.client.patch(path, {"enabled": n % 2 == 0}) for n in range(6)])
    assert statuses(answers) == [200] * 6
