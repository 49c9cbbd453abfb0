// An administrator: reads and changes the project and its config, manages keys.
import { adminApp, assert, clientApp, finish } from "./support.mjs";

const app = adminApp();
const project = await app.getProject();
assert.equal(project.id, process.env.HEXCLAVE_TEST_PROJECT_ID);

await project.update({ displayName: "Renamed", description: "By the SDK" });
const renamed = await app.getProject();
assert.equal(renamed.displayName, "Renamed");
assert.equal(renamed.description, "By the SDK");

const config = await project.getConfig();
assert.equal(config.teams.allowClientTeamCreation, false);
await project.updateConfig({ "teams.allowClientTeamCreation": true, "users.allowClientUserDeletion": true });
const changed = await (await app.getProject()).getConfig();
assert.equal(changed.teams.allowClientTeamCreation, true);
assert.equal(changed.users.allowClientUserDeletion, true);

const seenByClient = await clientApp().getProject();
assert.equal(seenByClient.config.clientTeamCreationEnabled, true);
assert.equal(seenByClient.config.clientUserDeletionEnabled, true);
assert.equal(seenByClient.displayName, "Renamed");

await project.update({ config: { domains: [{ domain: "https://example.com", handlerPath: "/handler" }], allowLocalhost: true } });
const domains = (await (await app.getProject()).getConfig()).domains;
assert.deepEqual(
  Object.values(domains.trustedDomains).map((entry) => entry.baseUrl),
  ["https://example.com"],
);

const created = await app.createInternalApiKey({
  description: "made by the SDK",
  expiresAt: new Date(Date.now() + 86_400_000),
  hasPublishableClientKey: true,
  hasSecretServerKey: true,
  hasSuperSecretAdminKey: false,
});
assert.match(created.publishableClientKey, /^pck_[0-9a-z]{45}$/);
assert.match(created.secretServerKey, /^ssk_[0-9a-z]{45}$/);
const listed = (await app.listInternalApiKeys()).find((key) => key.id === created.id);
assert.equal(listed.description, "made by the SDK");
assert.equal(listed.secretServerKey.lastFour, created.secretServerKey.slice(-4));
await listed.revoke();
const revoked = (await app.listInternalApiKeys()).find((key) => key.id === created.id);
assert.equal(revoked.whyInvalid(), "manually-revoked");
finish("admin");
