"""Members who let others administer their team: as far as they may themselves, and nothing of the project's own."""

import uuid

import pytest
from sqlmodel import Session

from hexclave_app.installation import Installation
from hexclave_app.services import permission_grants, teams
from hexclave_app.services.permission_grants import GrantQuery, Holder
from state.hosted.account.member_permissions import MemberPermissionsState, PermissionChoice
from tests.state.tabs import run
from tests.support.hosted import Person, Site, open_site
from tests.support.mailbox import events

pytestmark = pytest.mark.anyio
PATH = "/handler/account-settings"


@pytest.fixture
def site(installation: Installation) -> Site:
    """A project with a role of its own, and a permission that only its server hands out."""
    role = {"scope": "team", "containedPermissionIds": {"$remove_members": True, "$read_members": True}}
    mixed = {"scope": "team", "containedPermissionIds": {"$read_members": True, "paid": True}}
    return open_site(
        installation,
        {
            "rbac.permissions.keeper": {**role, "description": "Keeps the members"},
            "rbac.permissions.paid": {"scope": "team"},
            "rbac.permissions.mixed": mixed,
            "rbac.defaultPermissions.teamCreator": {},
            "rbac.defaultPermissions.teamMember": {"$read_members": True},
        },
    )


@pytest.fixture
def team(site: Site, ada: Person, ben: Person) -> uuid.UUID:
    tenancy = site.tenancy

    def create(session: Session) -> uuid.UUID:
        made = teams.create(session, tenancy=tenancy, display_name="Crew", creator_id=ada.id)
        teams.add_member(session, tenancy=tenancy, team_id=made.id, user_id=ben.id)
        return made.id

    return site.installation.db.call(create)


@pytest.fixture
def ada(site: Site) -> Person:
    return site.person("ada@example.com", display_name="Ada")


@pytest.fixture
def ben(site: Site) -> Person:
    return site.person("ben@example.com", display_name="Ben")


def give(site: Site, person: Person, team: uuid.UUID, *ids: str) -> None:
    tenancy = site.tenancy

    def grant(session: Session) -> None:
        for one in ids:
            permission_grants.grant(session, tenancy=tenancy, holder=Holder(person.id, team), permission_id=one)

    site.installation.db.call(grant)


def held(site: Site, person: Person, team: uuid.UUID) -> set[str]:
    query = GrantQuery(team_id=team, user_id=person.id)
    found = site.installation.db.call(permission_grants.list_in_teams, tenancy=site.tenancy, query=query)
    return {one.permission_id for one in found}


async def dialog(site: Site, person: Person, team: uuid.UUID, of: Person) -> MemberPermissionsState:
    page = await site.tab(person, PATH).state(MemberPermissionsState)
    await run(page.open(str(team), str(of.id)))
    return page


async def save(page: MemberPermissionsState, *ids: str) -> None:
    await run(page.submit({one.field: True for one in page.choices if one.id in ids}))


async def test_who_may_remove_members_hands_on_what_they_may_themselves(
    site: Site, ada: Person, ben: Person, team: uuid.UUID
) -> None:
    give(site, ada, team, "keeper", "paid", "mixed")
    page = await dialog(site, ada, team, ben)
    assert page.name == "Ben"
    assert [(one.id, one.is_on) for one in page.choices] == [
        ("$read_members", True),
        ("$remove_members", False),
        ("keeper", False),
    ]
    assert page.choices[2].label == "Keeps the members"
    before = len(events(site.installation))
    await save(page, "$read_members", "keeper")
    assert held(site, ben, team) == {"$read_members", "keeper"}
    assert list(events(site.installation))[before:] == ["team_permission.created"]
    again = await dialog(site, ada, team, ben)
    assert [one.role for one in again.choices] == ["keeper", "keeper", ""]
    await save(again)
    assert held(site, ben, team) == set()


async def test_what_a_project_made_for_itself_stays_as_it_is(
    site: Site, ada: Person, ben: Person, team: uuid.UUID
) -> None:
    give(site, ada, team, "keeper", "paid", "mixed")
    give(site, ben, team, "paid", "$update_team")
    page = await dialog(site, ada, team, ben)
    page.choices = [*page.choices, *(PermissionChoice(one, one, "", False, "") for one in ("mixed", "paid"))]
    await save(page, "mixed", "$delete_team")
    assert held(site, ben, team) == {"paid", "$update_team"}


@pytest.mark.parametrize("of", ["self", "stranger", "nonsense"])
async def test_nobody_changes_their_own_permissions_or_those_of_strangers(
    site: Site, ada: Person, ben: Person, team: uuid.UUID, of: str
) -> None:
    give(site, ada, team, "keeper")
    page = await dialog(site, ada, team, ben)
    stranger = site.person("cleo@example.com")
    page.user_id = {"self": str(ada.id), "stranger": str(stranger.id), "nonsense": "x"}[of]
    await save(page, "$read_members", "$remove_members")
    assert (held(site, ada, team), held(site, stranger, team)) == ({"keeper"}, set())


async def test_members_without_the_permission_and_strangers_change_nothing(
    site: Site, ada: Person, ben: Person, team: uuid.UUID
) -> None:
    give(site, ada, team, "keeper")
    for person in (ben, site.person("eve@example.com")):
        page = await dialog(site, person, team, ada)
        assert (page.user_id, page.choices) == ("", [])
        offered = (await dialog(site, ada, team, ben)).choices
        page.user_id, page._team_id, page.choices = str(ada.id), str(team), offered
        await save(page, "$read_members")
    assert (held(site, ada, team), held(site, ben, team)) == ({"keeper"}, {"$read_members"})
