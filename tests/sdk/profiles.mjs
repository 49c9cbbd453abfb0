// People: what they and the back end write about them, what a token alone tells, and how they are asked in.
import { adminApp, assert, baseUrl, clientApp, finish, freshEmail, knownError, ok, projectId, serverApp } from "./support.mjs";

const admin = adminApp();
await (await admin.getProject()).updateConfig({ "domains.allowLocalhost": true, "teams.allowClientTeamCreation": true });
const password = "correct horse battery";

async function signedUp() {
  const app = clientApp();
  const email = freshEmail();
  ok(await app.signUpWithCredential({ email, password, noRedirect: true, noVerificationCallback: true }));
  return { app, email, user: await app.getUser({ or: "throw" }) };
}

const ada = await signedUp();
await ada.user.setDisplayName("Ada");
await ada.user.update({ clientMetadata: { theme: "dark" } });
const team = await ada.user.createTeam({ displayName: "Engines" });
await ada.user.setSelectedTeam(team);
const server = serverApp();
const seen = await server.getUser(ada.user.id);
assert.deepEqual([seen.displayName, seen.clientMetadata, seen.selectedTeam.id], ["Ada", { theme: "dark" }, team.id]);
await seen.setClientReadOnlyMetadata({ plan: "free" });
await seen.setServerMetadata({ note: "first programmer" });
await seen.setPrimaryEmail(ada.email, { verified: true });
const again = await server.getUser(ada.user.id);
assert.deepEqual(
  [again.clientReadOnlyMetadata, again.serverMetadata, again.primaryEmailVerified],
  [{ plan: "free" }, { note: "first programmer" }, true],
);
const own = await ada.app.getUser({ or: "throw" });
assert.equal("serverMetadata" in own && own.serverMetadata !== undefined, false);
await ada.user.update({ clientReadOnlyMetadata: { plan: "paid" } }); // the SDK leaves out what clients may not write
assert.deepEqual((await server.getUser(ada.user.id)).clientReadOnlyMetadata, { plan: "free" });

// The access token tells a little about its user without any request.
await ada.user.currentSession.getTokens();
const partial = await ada.app.getPartialUser({ from: "token" });
assert.equal(partial.id, ada.user.id);
assert.equal(partial.primaryEmail, ada.email);
assert.equal(partial.isAnonymous, false);

assert.deepEqual(await ada.user.listConnectedAccounts(), []);

// An invitation by mail: its code is looked at, checked, then accepted, once.
async function codeFor(email) {
  for (let tries = 0; tries < 200; tries += 1) {
    const answer = await fetch(`${baseUrl}/api/v1/internal/email-inbox`, {
      headers: {
        "x-stack-project-id": projectId,
        "x-stack-access-type": "admin",
        "x-stack-super-secret-admin-key": process.env.HEXCLAVE_TEST_ADMIN_KEY,
      },
    });
    const mail = (await answer.json()).items.find((one) => JSON.stringify(one).includes(email));
    const link = mail?.links.map((text) => new URL(text)).find((url) => url.searchParams.has("code"));
    if (link) return link.searchParams.get("code");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.fail(`no mail reached ${email}`);
}
const ben = await signedUp();
await (await server.getUser(ben.user.id)).setPrimaryEmail(ben.email, { verified: true });
await team.inviteUser({ email: ben.email, callbackUrl: "http://localhost:3000/join" });
const code = await codeFor(ben.email);
assert.deepEqual(ok(await ben.app.getTeamInvitationDetails(code)), { teamDisplayName: "Engines" });
ok(await ben.app.verifyTeamInvitationCode(code));
ok(await ben.app.acceptTeamInvitation(code));
assert.deepEqual((await ben.user.listTeams()).map((one) => one.displayName).includes("Engines"), true);
knownError(await ben.app.acceptTeamInvitation(code), "VERIFICATION_CODE_ALREADY_USED");

// The administrator asks somebody in, and describes what a permission is for.
const invited = freshEmail();
await server.createUser({ primaryEmail: invited, primaryEmailAuthEnabled: true });
await admin.sendSignInInvitationEmail(invited, "http://localhost:3000/handler/sign-in");
await admin.createProjectPermissionDefinition({ id: "read_books" });
await admin.updateProjectPermissionDefinition("read_books", { description: "Reads all books" });
const [definition] = (await admin.listProjectPermissionDefinitions()).filter((one) => one.id === "read_books");
assert.equal(definition.description, "Reads all books");

const thread = crypto.randomUUID();
await admin.saveChatMessage(thread, { role: "user", content: "Make it blue" });
await admin.saveChatMessage(thread, { role: "assistant", content: "Done" });
assert.deepEqual((await admin.listChatMessages(thread)).messages.map((one) => one.role), ["user", "assistant"]);
finish("profiles");
