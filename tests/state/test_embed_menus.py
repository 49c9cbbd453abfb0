"""The user button and the team switcher without a browser."""

import uuid
from urllib.parse import urlencode

import pytest
from sqlmodel import Session, select

from hexclave_app.installation import Installation
from hexclave_app.pages import routes
from hexclave_app.services import teams, tenancies
from models import TeamMembership
from state.embed.items import ExtraItem, read_items
from state.embed.teams import TeamSwitcherState
from state.embed.user import UserButtonState
from state.hosted.account.shell import AccountState
from tests.state.embedding import CONFIG, meet, posted
from tests.state.tabs import run, targets
from tests.support.hosted import Person, Site, open_site


@pytest.fixture
def site(installation: Installation) -> Site:
    return open_site(installation, CONFIG)


async def test_the_user_button_shows_the_user_and_the_pages_own_entries(site: Site) -> None:
    ada = site.person("ada@example.com", display_name="Ada Lovelace")
    items = '[{"id":"billing","text":"Billing"}]'
    tab = site.frame(f"{routes.EMBED_USER_BUTTON}?show-user-info=1&extra-items={items}")
    button = await tab.state(UserButtonState)
    await run(button.load())
    assert (button.is_somebody, button.name) == (False, "")
    await meet(tab, site.access_token(ada))
    await run(button.load())
    assert (button.name, button.email, button.initials, button.shows_info) == (
        "Ada Lovelace",
        "ada@example.com",
        "AL",
        True,
    )
    assert button.extra_items == [ExtraItem("billing", "Billing")]


@pytest.mark.parametrize("text", ["", "x", "{}", "[1]", '[{"id":"a b","text":"x"}]', '[{"id":"x"}]', "[[]]", "null"])
def test_entries_that_are_not_well_formed_are_left_out(text: str) -> None:
    assert read_items(text) == []


def _teams(site: Site, person: Person, *names: str) -> list[uuid.UUID]:
    def create(session: Session) -> list[uuid.UUID]:
        tenancy = tenancies.load(session, site.project_id, "main")
        return [teams.create(session, tenancy=tenancy, display_name=name, creator_id=person.id).id for name in names]

    return site.installation.db.call(create)


async def test_the_team_switcher_remembers_its_choice(site: Site) -> None:
    ada = site.person("ada@example.com")
    crew, band = _teams(site, ada, "Crew", "Band")
    tab = site.frame(f"{routes.EMBED_TEAM_SWITCHER}?allow-null=1&null-label=Just me")
    await meet(tab, site.access_token(ada))
    switcher = await tab.state(TeamSwitcherState)
    await run(switcher.load())
    assert (switcher.shown_name, {one.name for one in switcher.others}) == ("Just me", {"Crew", "Band"})
    assert posted(await run(switcher.choose(str(band))), "team-selected") == {"teamId": str(band)}
    again = site.frame(routes.EMBED_TEAM_SWITCHER)  # a reload, or another device
    await meet(again, site.access_token(ada))
    shown = await again.state(TeamSwitcherState)
    await run(shown.load())
    assert (shown.chosen_name, [one.name for one in shown.others]) == ("Band", ["Crew"])
    assert posted(await run(shown.choose("")), "team-selected") == {"teamId": None}
    assert site.user(ada).selected_team is None
    assert crew != band


async def test_the_settings_show_entries_of_the_page_around_and_only_inside_of_it(site: Site) -> None:
    ada = site.person("ada@example.com")
    items = '[{"id":"billing","text":"Billing","icon":"credit-card"},{"id":"x","text":"X","icon":"<svg>"},{"id":"y"}]'
    path = f"?{urlencode({'extra-items': items})}"
    tab = site.frame(routes.EMBED_ACCOUNT_SETTINGS + path)
    await meet(tab, site.access_token(ada))
    settings = await tab.state(AccountState)
    await run(settings.load())
    assert settings.extra_items == [ExtraItem("billing", "Billing", "credit-card"), ExtraItem("x", "X")]
    alone = await site.tab(ada, routes.ACCOUNT_SETTINGS + path).state(AccountState)
    await run(alone.load())
    assert (alone.is_ready, alone.extra_items) == (True, [])


async def test_many_teams_are_found_by_their_names(site: Site) -> None:
    ada = site.person("ada@example.com")
    tab = site.frame(routes.EMBED_TEAM_SWITCHER)
    await meet(tab, site.access_token(ada))
    switcher = await tab.state(TeamSwitcherState)
    crew, *_ = _teams(site, ada, "Crew", "Band", "Choir", "Club", "Board")
    await run(switcher.load())
    assert (len(switcher.others), switcher.has_many) == (5, False)
    _teams(site, ada, "Chess club")
    await run(switcher.load())
    assert switcher.has_many
    await run(switcher.find("CLUB"))
    assert {one.name for one in switcher.others} == {"Club", "Chess club"}
    await run(switcher.find("nothing"))
    assert (switcher.others, switcher.is_found, switcher.has_many) == ([], False, True)
    await run(switcher.choose(str(crew)))
    assert (switcher.chosen_name, len(switcher.others), switcher.is_found) == ("Crew", 5, True)


@pytest.mark.parametrize("choice", ["foreign", "unknown", "nonsense"])
async def test_nobody_chooses_a_team_of_others(site: Site, choice: str) -> None:
    ada, eve = site.person("ada@example.com"), site.person("eve@example.com")
    (foreign,) = _teams(site, eve, "Foreign")
    wanted = {"foreign": str(foreign), "unknown": str(uuid.uuid4()), "nonsense": "x"}[choice]
    tab = site.frame(routes.EMBED_TEAM_SWITCHER)
    await meet(tab, site.access_token(ada))
    assert "team-selected" not in targets(await run((await tab.state(TeamSwitcherState)).choose(wanted)))
    assert site.user(ada).selected_team is None
    members = site.installation.db.call(lambda session: list(session.exec(select(TeamMembership.user_id)).all()))
    assert ada.id not in members
