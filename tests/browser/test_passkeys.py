"""A passkey in real Chromium, made and used by its virtual authenticator."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.people import create_owner
from tests.support.servers import Server

pytestmark = pytest.mark.browser

# What the published SDK does: it puts the host of the page in the place of the sentinel and passes the answers on.
CEREMONIES = """
async ({ projectId }) => {
  const call = async (path, body, token) => {
    const headers = { "content-type": "application/json", "x-stack-project-id": projectId };
    headers["x-stack-access-type"] = "client";
    if (token) Object.assign(headers, { "x-stack-access-token": token, "x-stack-allow-anonymous-user": "true" });
    const response = await fetch(`/api/v1${path}`, { method: "POST", headers, body: JSON.stringify(body) });
    return await response.json();
  };
  const email = `${crypto.randomUUID()}@example.com`;
  const owner = await call("/auth/password/sign-up", { email, password: "correct horse battery" });
  const made = await call("/auth/passkey/initiate-passkey-registration", {}, owner.access_token);
  made.options_json.rp.id = location.hostname;
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(made.options_json);
  const credential = (await navigator.credentials.create({ publicKey })).toJSON();
  const registered = await call("/auth/passkey/register", { credential, code: made.code }, owner.access_token);
  const signIn = async () => {
    const asked = await call("/auth/passkey/initiate-passkey-authentication", {});
    asked.options_json.rpId = location.hostname;
    const request = PublicKeyCredential.parseRequestOptionsFromJSON(asked.options_json);
    const answer = (await navigator.credentials.get({ publicKey: request })).toJSON();
    return await call("/auth/passkey/sign-in", { authentication_response: answer, code: asked.code });
  };
  return { user: owner.user_id, made: credential.id, registered, first: await signIn(), second: await signIn() };
}
"""


@pytest.fixture
def visitor(browser: Browser) -> Iterator[Page]:
    """A fresh profile whose authenticator keeps passkeys and answers at once."""
    context = browser.new_context()
    page = context.new_page()
    devices = context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    yield page
    context.close()


def test_chromium_registers_a_passkey_and_signs_in_without_naming_anybody(visitor: Page, server: Server) -> None:
    config = {"auth.passkey.allowSignIn": True, "auth.password.allowSignIn": True, "domains.allowLocalhost": True}
    owner = create_owner(server, project="Passkeys", config=config)
    visitor.goto(server.url("/handler/sign-in"))
    seen = visitor.evaluate(CEREMONIES, {"projectId": owner.project_id})
    assert seen["registered"] == {"user_handle": seen["made"]}
    assert seen["first"]["user_id"] == seen["second"]["user_id"] == seen["user"]
    assert seen["first"]["refresh_token"] != seen["second"]["refresh_token"]
