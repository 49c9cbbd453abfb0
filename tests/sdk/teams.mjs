// Teams: a user creates one and invites somebody; a back end lists, pages, fills and deletes them.
import { adminApp, assert, clientApp, freshEmail, ok, serverApp, finish } from "./support.mjs";

const password = "correct horse battery";
const project = await adminApp().getProject();
await project.updateConfig({ "teams.allowClientTeamCreation": true, "domains.allowLocalhost": true });

const server = serverApp();

async function person(displayName) {
  const primaryEmail = freshEmail();
  const fields = { primaryEmail, primaryEmailVerified: true, primaryEmailAuthEnabled: true, password, displayName };
  const { id } = await server.createUser(fields);
  const app = clientApp();
  ok(await app.signInWithCredential({ email: primaryEmail, password, noRedirect: true }));
  return { id, email: primaryEmail, user: await app.getUser({ or: "throw" }), app };
}

const ada = await person("Ada");
const ben = await person("Ben");

const team = await ada.user.createTeam({ displayName: "Acme" });
assert.equal((await ada.app.getUser()).selectedTeam.id, team.id);
assert.deepEqual((await ada.user.listTeams()).map((one) => one.displayName), ["Acme"]);
assert.equal((await ada.user.getTeam(team.id)).id, team.id);
assert.equal(await ada.user.hasPermission(team, "$delete_team"), true);

await team.update({ displayName: "Acme Inc", clientMetadata: { colour: "red" } });
assert.equal((await ada.user.getTeam(team.id)).displayName, "Acme Inc");

await team.inviteUser({ email: ben.email, callbackUrl: "http://localhost:3000/join" });
const [sent] = await team.listInvitations();
assert.equal(sent.recipientEmail, ben.email);
const [received] = await ben.user.listTeamInvitations();
assert.equal(received.teamDisplayName, "Acme Inc");
await received.accept();
assert.deepEqual((await ben.user.listTeams()).map((one) => one.id), [team.id]);
assert.equal(await ben.user.hasPermission(await ben.user.getTeam(team.id), "$delete_team"), false);
await assert.rejects(async () => await (await ben.user.getTeam(team.id)).delete(), /does not have permission/);

const profile = await ben.user.getTeamProfile(team);
assert.equal(profile.displayName, "Ben");
await profile.update({ displayName: "Benny" });
const members = await (await ben.user.getTeam(team.id)).listUsers();
assert.deepEqual(members.map((member) => member.teamProfile.displayName).sort(), ["Ada", "Benny"]);

await team.inviteUser({ email: freshEmail(), callbackUrl: "http://localhost:3000/join" });
const [pending] = await team.listInvitations();
await pending.revoke();
assert.deepEqual(await team.listInvitations(), []);

assert.equal((await clientApp().verifyTeamInvitationCode("0".repeat(45))).status, "error");

const seen = await server.getTeam(team.id);
assert.deepEqual(seen.clientMetadata, { colour: "red" });
assert.ok(seen.createdAt instanceof Date);
await seen.update({ serverMetadata: { plan: "pro" } });
assert.deepEqual((await server.getTeam(team.id)).serverMetadata, { plan: "pro" });

const cleo = await server.createUser({ displayName: "Cleo" });
await seen.addUser(cleo.id);
assert.equal((await seen.listUsers()).length, 3);
await seen.removeUser(cleo.id);
assert.equal((await seen.listUsers()).length, 2);
await assert.rejects(() => seen.removeUser(cleo.id));

for (const name of ["One", "Two", "Three"]) await server.createTeam({ displayName: name });
const names = [];
let cursor;
do {
  const page = await server.listTeams({ limit: 2, cursor, orderBy: "createdAt", desc: true });
  names.push(...page.map((one) => one.displayName));
  cursor = page.nextCursor ?? undefined;
} while (cursor);
assert.deepEqual(names, ["Three", "Two", "One", "Acme Inc"]);
assert.deepEqual((await server.listTeams({ query: "tw" })).map((one) => one.displayName), ["Two"]);

await ben.user.leaveTeam(team);
assert.deepEqual((await server.listTeams()).length, 4);
await team.delete();
assert.equal(await server.getTeam(team.id), null);

const categories = await ada.user.listNotificationCategories();
assert.deepEqual(categories.map((one) => [one.name, one.enabled, one.canDisable]), [
  ["Transactional", true, false],
  ["Marketing", true, true],
]);
await categories[1].setEnabled(false);
assert.equal((await ada.user.listNotificationCategories())[1].enabled, false);
finish("teams");
