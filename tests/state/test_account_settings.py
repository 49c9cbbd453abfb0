"""The account settings: what people change about themselves, and that forged events change nothing of others."""

import base64
import uuid
from dataclasses import replace

import pytest
from sqlmodel import Session

from hexclave_app.installation import Installation
from hexclave_app.security.api_keys import KeyOwner
from hexclave_app.security.passwords import hash_password
from hexclave_app.security.totp import code_of, current_step
from hexclave_app.services import api_keys, contact_channel_changes, impersonation, sessions, teams
from hexclave_app.services.api_keys import Owner
from hexclave_app.services.sessions import SignInContext
from models import ApiKey, User
from models.base import utc_now
from state.hosted.account.factors import NEW_CODES, OFF, FactorsState, PasskeyState, PasswordState, TotpState
from state.hosted.account.keys import AccountKeysState
from state.hosted.account.mailboxes import MailboxesState
from state.hosted.account.profile import LeavingState, ProfileState
from state.hosted.account.sessions import AccountSessionsState, NotificationsState
from state.hosted.account.shell import AccountState
from state.hosted.account.team import TeamState
from tests.state.tabs import Tab, run, targets
from tests.support.hosted import Person, Site, open_site
from tests.support.mailbox import last_mail, mails, session_count

pytestmark = pytest.mark.anyio
PATH = "/handler/account-settings"
PASSWORD = "correct horse battery"
CONFIG = {
    "auth.password.allowSignIn": True,
    "auth.otp.allowSignIn": True,
    "apiKeys.enabled.user": True,
    "apiKeys.enabled.team": True,
}


@pytest.fixture
def site(installation: Installation) -> Site:
    return open_site(installation, CONFIG)


@pytest.fixture
def ada(site: Site) -> Person:
    return site.person("ada@example.com", display_name="Ada", password_hash=hash_password(PASSWORD))


@pytest.fixture
def ben(site: Site) -> Person:
    return site.person("ben@example.com", display_name="Ben")


def team_of(site: Site, person: Person) -> str:
    def create(session: Session) -> uuid.UUID:
        return teams.create(session, tenancy=site.tenancy, display_name="Engine", creator_id=person.id).id

    return str(site.installation.db.call(create))


async def test_signed_out_people_are_sent_to_sign_in_and_tabs_follow_the_project(site: Site, ada: Person) -> None:
    stranger = await site.tab(None, PATH).state(AccountState)
    assert "/handler/sign-in?after_auth_return_to=%2Fhandler%2Faccount-settings" in targets(await run(stranger.load()))
    team_id = team_of(site, ada)
    page = await site.tab(ada, f"{PATH}#team-{team_id}").state(AccountState)
    await run(page.load())
    assert (page.tab, page.team_id, page.has_user_keys, page.can_delete_account) == ("team", team_id, True, False)
    await run(page.open_tab(f"team-{uuid.uuid4()}"))
    assert (page.tab, page.team_id) == ("profile", "")


async def test_the_name_is_changed_and_a_picture_is_decoded_anew(site: Site, ada: Person) -> None:
    page = await site.tab(ada, PATH).state(ProfileState)
    await run(page.save_name({"display_name": " Ada Lovelace "}))
    assert site.user(ada).display_name == "Ada Lovelace"
    await run(page.save_image("data:text/html;base64,PHNjcmlwdD4="))
    await run(page.save_image("https://evil.example/pixel.png"))
    assert site.user(ada).profile_image_url is None
    dot = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    await run(page.save_image(f"data:image/png;base64,{dot}"))
    assert "/user-profile-images/" in (site.user(ada).profile_image_url or "")
    await run(page.remove_image())
    assert site.user(ada).profile_image_url is None


async def test_addresses_are_added_proved_and_never_lost(site: Site, ada: Person) -> None:
    page = await site.tab(ada, PATH).state(MailboxesState)
    await run(page.load())
    (only,) = page.rows
    await run(page.stop_sign_in(only.id))
    await run(page.remove(only.id))
    await run(page.add({"email": "ada@lovelace.example"}))
    assert last_mail(site.installation).recipient == "ada@lovelace.example"
    await run(page.load())
    await run(page.add({"email": "ADA@Lovelace.example"}))
    assert (page.email_error != "", len(page.rows), len(mails(site.installation))) == (True, 2, 1)
    added = page.rows[1]
    assert (added.address, added.is_verified, added.is_for_sign_in) == ("ada@lovelace.example", False, False)
    await run(page.make_primary(added.id))
    await run(page.use_for_sign_in(added.id))
    await run(page.load())
    assert [(row.address, row.is_primary, row.is_for_sign_in) for row in page.rows] == [
        ("ada@example.com", True, True),
        ("ada@lovelace.example", False, False),
    ]


async def test_addresses_of_others_cannot_be_touched(site: Site, ada: Person, ben: Person) -> None:
    (bens,) = site.installation.db.call(
        contact_channel_changes.list_channels, tenancy_id=site.tenancy.id, user_id=ben.id, channel_id=None
    )
    page = await site.tab(ada, PATH).state(MailboxesState)
    for handler in (page.remove, page.make_primary, page.use_for_sign_in, page.stop_sign_in, page.send_link):
        await run(handler(str(bens.id)))
        await run(handler("nonsense"))
    assert site.user(ben).primary_email == "ben@example.com"
    assert mails(site.installation) == []


async def test_a_changed_password_needs_the_old_one_and_ends_other_sessions(site: Site, ada: Person) -> None:
    context = SignInContext(site.installation, site.tenancy, None, utc_now())
    site.installation.db.call(sessions.create, context, user_id=ada.id)
    page = await site.tab(ada, PATH).state(PasswordState)
    new = {"new_password": "a brand new phrase", "new_password_repeat": "a brand new phrase"}
    await run(page.submit({**new, "old_password": "wrong password"}))
    assert (page.old_error != "", session_count(site.installation)) == (True, 2)
    await run(page.submit({**new, "old_password": PASSWORD, "new_password_repeat": "another"}))
    assert page.repeat_error
    await run(page.submit({**new, "old_password": PASSWORD}))
    assert (page.old_error, session_count(site.installation)) == ("", 1)


async def test_the_only_way_in_stays(site: Site) -> None:
    cleo = site.person("cleo@example.com", otp_auth_enabled=True)
    page = await site.tab(cleo, PATH).state(FactorsState)
    await run(page.stop_code())
    assert site.user(cleo).has_otp


async def test_the_second_factor_is_stored_once_a_code_proves_it(site: Site, ada: Person) -> None:
    page = await site.tab(ada, PATH).state(TotpState)
    await run(page.type_code("000000"))
    await run(page.begin())
    secret = base64.b32decode(page.typed_secret.replace(" ", ""))
    assert base64.b64decode(page.qr.partition(",")[2]).startswith(b"<svg ")
    now = current_step(utc_now())
    near = {code_of(secret, now + offset) for offset in range(-2, 3)}
    await run(page.type_code(next(one for one in ("000000", "111111", "222222") if one not in near)))
    assert (page.code_error != "", site.user(ada).requires_totp_mfa) == (True, False)
    await run(page.type_code(code_of(secret, current_step(utc_now()))))
    assert site.user(ada).requires_totp_mfa
    assert (len(page.codes), page.qr, page.typed_secret) == (10, "", "")
    await run(page.hide_codes())
    factors = await site.tab(ada, PATH).state(FactorsState)
    await run(factors.load())
    assert (page.codes, factors.codes_left, factors.has_totp) == ([], 10, True)


async def second_factor_of(site: Site, ada: Person) -> tuple[Tab, TotpState, bytes]:
    """Ada with a second factor, and its secret."""
    tab = site.tab(ada, PATH)
    page = await tab.state(TotpState)
    await run(page.begin())
    secret = base64.b32decode(page.typed_secret.replace(" ", ""))
    await run(page.type_code(code_of(secret, current_step(utc_now()))))
    return tab, page, secret


async def test_the_second_factor_is_weakened_only_by_who_has_it(site: Site, ada: Person) -> None:
    _, page, secret = await second_factor_of(site, ada)
    codes = list(page.codes)
    await run(page.confirm({"confirmation": codes[0]}))  # nothing was asked for
    await run(page.ask("nonsense"))
    assert page.wish == ""
    for wish in (OFF, NEW_CODES):
        await run(page.ask(wish))
        assert not page.uses_recovery_code
        for typed in ("000000", "", codes[0], ["x"]):
            await run(page.confirm({"confirmation": typed}))
            assert (page.wish, page.confirm_error != "") == (wish, True)
        await run(page.switch_kind())
        assert page.confirm_error == ""
        await run(page.confirm({"confirmation": "abcd-abcd-abcd-abcd"}))
        assert (page.wish, page.confirm_error != "") == (wish, True)
    assert site.user(ada).requires_totp_mfa
    await run(page.confirm({"confirmation": codes[0]}))
    assert (page.wish, len(page.codes), set(page.codes) & set(codes)) == ("", 10, set())
    await run(page.ask(OFF))
    await run(page.switch_kind())
    await run(page.confirm({"confirmation": codes[1]}))  # an old one
    assert site.user(ada).requires_totp_mfa
    await run(page.switch_kind())
    await run(page.confirm({"confirmation": code_of(secret, current_step(utc_now()))}))
    assert (site.user(ada).requires_totp_mfa, page.codes) == (False, [])


async def test_a_second_factor_is_not_replaced_without_a_code(site: Site, ada: Person) -> None:
    other = await site.tab(ada, PATH).state(TotpState)
    await run(other.begin())
    await second_factor_of(site, ada)
    stored = site.installation.db.call(read_secret, site, ada)
    secret = base64.b32decode(other.typed_secret.replace(" ", ""))
    await run(other.type_code(code_of(secret, current_step(utc_now()))))
    fresh = await site.tab(ada, PATH).state(TotpState)
    await run(fresh.begin())
    assert fresh.qr == ""
    assert site.installation.db.call(read_secret, site, ada) == stored


def read_secret(session: Session, site: Site, ada: Person) -> bytes | None:
    user = session.get(User, {"tenancy_id": site.tenancy.id, "id": ada.id})
    return user.totp_secret_sealed if user is not None else None


async def test_a_passkey_needs_a_proved_address(site: Site) -> None:
    dora = site.person("dora@example.com", is_verified=False)
    page = await site.tab(dora, PATH).state(PasskeyState)
    assert "call_script" not in targets(await run(page.begin()))
    await run(page.finish("{}"))
    assert not site.user(dora).has_passkey


async def test_own_sessions_end_and_nobody_elses(site: Site, ada: Person, ben: Person) -> None:
    context = SignInContext(site.installation, site.tenancy, None, utc_now())
    other = site.installation.db.call(sessions.create, context, user_id=ada.id).session_id
    (bens,) = site.installation.db.call(
        sessions.list_for_user, tenancy_id=site.tenancy.id, user_id=ben.id, with_impersonations=False
    )
    page = await site.tab(ada, PATH).state(AccountSessionsState)
    await run(page.load())
    assert [row.is_current for row in page.rows] == [True, False]
    await run(page.revoke(str(bens.id)))
    await run(page.revoke(page.rows[0].id))
    assert session_count(site.installation) == 3
    await run(page.revoke(str(other)))
    site.installation.db.call(sessions.create, context, user_id=ada.id)
    await run(page.revoke_others())
    await run(page.load())
    assert ([row.is_current for row in page.rows], session_count(site.installation)) == ([True], 2)


async def test_mails_that_an_account_needs_cannot_be_switched_off(site: Site, ada: Person) -> None:
    page = await site.tab(ada, PATH).state(NotificationsState)
    await run(page.load())
    for row in page.rows:
        await run(page.choose(row.id, False))
    await run(page.load())
    assert {(row.name, row.is_wanted) for row in page.rows} == {("Transactional", True), ("Marketing", False)}


async def test_keys_are_shown_once_and_belong_to_their_owner(site: Site, ada: Person, ben: Person) -> None:
    page = await site.tab(ada, PATH).state(AccountKeysState)
    await run(page.load(""))
    await run(page.create({"description": " ", "lifetime": "7"}))
    assert (page.description_error != "", page.rows) == (True, [])
    await run(page.create({"description": "Laptop", "lifetime": "7"}))
    assert (page.shown_key != "", [row.status for row in page.rows]) == (True, ["valid"])
    await run(page.hide_key())
    assert page.shown_key != ""  # not before the person says that it is stored
    await run(page.confirm_stored(True))
    await run(page.hide_key())
    assert page.shown_key == ""
    key_id = page.rows[0].id
    bens = await site.tab(ben, PATH).state(AccountKeysState)
    await run(bens.load(""))
    await revoke(bens, key_id)
    bens.asked_id, bens.is_sure = key_id, True  # as if the page had shown it
    await run(bens.revoke())
    await run(page.load(""))
    assert (page.shown_key, [row.status for row in page.rows]) == ("", ["valid"])
    await run(page.ask_to_revoke(key_id))
    await run(page.revoke())
    assert [row.status for row in page.rows] == ["valid"]  # the consequences are not understood yet
    await run(page.be_sure(True))
    await run(page.revoke())
    assert [row.status for row in page.rows] == ["revoked"]


async def revoke(page: AccountKeysState, key_id: str) -> None:
    await run(page.ask_to_revoke(key_id))
    await run(page.be_sure(True))
    await run(page.revoke())


async def test_keys_are_found_by_words_last_characters_and_status(site: Site, ada: Person) -> None:
    page = await site.tab(ada, PATH).state(AccountKeysState)
    await run(page.load(""))
    for description in ("Laptop", "Phone", "Old laptop"):
        await run(page.create({"description": description, "lifetime": "7"}))
    await revoke(page, next(row.id for row in page.rows if row.description == "Phone"))
    assert [row.description for row in page.rows] == ["Old laptop", "Laptop", "Phone"]
    await run(page.find("LAPTOP"))
    assert ([row.description for row in page.rows], page.count) == (["Old laptop", "Laptop"], 3)
    await run(page.find(page.rows[1].last_four[-4:]))
    assert "Laptop" in [row.description for row in page.rows]
    await run(page.find(""))
    await run(page.filter("revoked"))
    assert [row.description for row in page.rows] == ["Phone"]
    await run(page.filter("everything"))
    assert (len(page.rows), page.status) == (3, "any")


async def test_keys_of_a_team_are_out_of_reach_for_strangers(site: Site, ada: Person, ben: Person) -> None:
    owner = Owner(KeyOwner.TEAM, uuid.UUID(team_of(site, ada)))
    made = site.installation.db.call(api_keys.create, tenancy_id=site.tenancy.id, owner=owner, description="CI")
    page = await site.tab(ben, PATH).state(AccountKeysState)
    await run(page.load(str(owner.id)))
    assert (page.is_allowed, page.rows) == (False, [])
    await run(page.create({"description": "Mine now", "lifetime": "7"}))
    page.asked_id, page.is_sure = str(made.row.id), True
    await run(page.revoke())

    def read(session: Session) -> list[ApiKey]:
        return list(api_keys.list_all(session, tenancy_id=site.tenancy.id, owner=owner))

    assert [key.revoked_at for key in site.installation.db.call(read)] == [None]


async def test_a_team_is_managed_by_who_may_and_left_by_anybody(site: Site, ada: Person, ben: Person) -> None:
    team_id = team_of(site, ada)
    page, bens = [await site.tab(one, PATH).state(TeamState) for one in (ada, ben)]
    await run(bens.load(team_id))
    assert (bens.team_name, bens.members) == ("", [])
    site.installation.db.call(teams.add_member, tenancy=site.tenancy, team_id=uuid.UUID(team_id), user_id=ben.id)
    await run(bens.load(team_id))
    assert (bens.team_name, bens.can_update, bens.can_remove) == ("Engine", False, False)
    await run(bens.rename({"new_team_name": "Mine"}))
    await run(bens.remove_member(str(ada.id)))
    await run(bens.save_own_name({"own_name": "Benny"}))
    await run(page.load(team_id))
    assert (page.team_name, {member.name for member in page.members}) == ("Engine", {"Ada", "Benny"})
    await run(page.rename({"new_team_name": "Engines"}))
    await run(page.invite({"invited_email": "cleo@example.com"}))
    assert last_mail(site.installation).recipient == "cleo@example.com"
    assert [one.email for one in page.invitations] == ["cleo@example.com"]
    await run(page.take_back(page.invitations[0].id))
    assert (page.team_name, page.invitations) == ("Engines", [])
    await run(bens.leave())
    await run(page.load(team_id))
    assert [member.name for member in page.members] == ["Ada"]


async def test_accounts_are_deleted_in_two_steps_and_only_where_allowed(
    installation: Installation, site: Site, ada: Person
) -> None:
    closed = await site.tab(ada, PATH).state(LeavingState)
    await run(closed.ask())
    await run(closed.delete())
    assert site.user(ada).display_name == "Ada"
    open_one = open_site(installation, {"users.allowClientUserDeletion": True})
    cleo = open_one.person("cleo@example.com")
    page = await open_one.tab(cleo, PATH).state(LeavingState)
    await run(page.delete())
    assert open_one.user(cleo).primary_email == "cleo@example.com"
    await run(page.ask())
    await run(page.delete())
    with pytest.raises(LookupError):
        open_one.user(cleo)


async def test_who_acts_for_somebody_is_told(site: Site, ada: Person) -> None:
    own = await site.tab(ada, PATH).state(AccountState)
    await run(own.load())
    assert (own.is_ready, own.acting_minutes) == (True, 0)

    def act(session: Session) -> str:
        context = SignInContext(site.installation, site.tenancy, None, utc_now())
        return impersonation.begin(session, context, user_id=ada.id, reason="Ticket 7", minutes=15).refresh_token

    name, _, _ = ada.cookie.partition("=")
    acting = await site.tab(replace(ada, cookie=f"{name}={site.installation.db.call(act)}"), PATH).state(AccountState)
    await run(acting.load())
    assert (acting.is_ready, acting.acting_minutes) == (True, 15)
