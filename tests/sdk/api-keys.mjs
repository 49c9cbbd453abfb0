// API keys: users and teams make them, a back end recognises their holders, and revoked ones open nothing.
import { adminApp, assert, clientApp, freshEmail, ok, serverApp, finish } from "./support.mjs";

const server = serverApp();
const project = await adminApp().getProject();
await project.updateConfig({ "apiKeys.enabled.user": true, "apiKeys.enabled.team": true });

const email = freshEmail();
const password = "correct horse battery";
const ada = await server.createUser({ primaryEmail: email, primaryEmailAuthEnabled: true, password });
const app = clientApp();
ok(await app.signInWithCredential({ email, password, noRedirect: true }));
const user = await app.getUser({ or: "throw" });

const created = await user.createApiKey({ description: "CI", expiresAt: new Date(Date.now() + 86_400_000) });
assert.match(created.value, /^sk_[0-9a-hjkmnp-tv-z]{45}[0-9a-f]{32}user1574ck4u7h[0-9a-f]{8}$/);
assert.equal(created.isValid(), true);
const [listed] = await user.listApiKeys();
assert.equal(listed.value.lastFour, created.value.slice(-4));
assert.equal((await server.getUser({ apiKey: created.value })).id, ada.id);
assert.equal(await server.getUser({ apiKey: "sk_nothing" }), null);

await listed.update({ description: "Renamed" });
await listed.revoke();
const [revoked] = await user.listApiKeys();
assert.equal(revoked.description, "Renamed");
assert.equal(revoked.whyInvalid(), "manually-revoked");
assert.equal(await serverApp().getUser({ apiKey: created.value }), null);

const team = await server.createTeam({ displayName: "Acme", creatorUserId: ada.id });
const own = await user.getTeam(team.id);
const teamKey = await own.createApiKey({ description: "Team", expiresAt: null, isPublic: true });
assert.match(teamKey.value, /^pk_.{77}team3574ck4u7h[0-9a-f]{8}$/);
assert.equal((await server.getTeam({ apiKey: teamKey.value })).id, team.id);
assert.equal(await server.getUser({ apiKey: teamKey.value }), null, "a team's key is no user's");
assert.equal((await own.listApiKeys()).length, 1);
assert.equal((await team.listApiKeys()).length, 1);

const made = await (await server.getUser(ada.id)).createApiKey({ description: "By the server", expiresAt: null });
assert.equal(made.userId, ada.id);
await made.revoke();
assert.equal(await serverApp().getUser({ apiKey: made.value }), null);
finish("api-keys");
