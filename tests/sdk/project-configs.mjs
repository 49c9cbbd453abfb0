// A project's configuration as a deployment keeps it: pushed from a repository, overridden per environment, reset.
import { StackClientApp } from "@stackframe/js";
import { adminApp, assert, baseUrl, freshEmail, ok, finish } from "./support.mjs";

const project = await adminApp().getProject();

// What is pushed counts until the environment says something else.
await project.pushConfig(
  { "auth.passkey.allowSignIn": true, "teams.allowClientTeamCreation": true },
  { source: { type: "pushed-from-github", owner: "acme", repo: "app", branch: "main", commitHash: "0123abc", configFilePath: "hexclave.config.ts" } },
);
let config = await project.getConfig();
assert.equal(config.auth.passkey.allowSignIn, true);
assert.equal(config.teams.allowClientTeamCreation, true);
await project.updateConfig({ "auth.passkey.allowSignIn": false });
assert.equal((await project.getConfig()).auth.passkey.allowSignIn, false);
assert.deepEqual(await project.getConfigOverride("branch"), {
  "auth.passkey.allowSignIn": true, "teams.allowClientTeamCreation": true,
});
assert.equal((await project.getConfigOverride("environment"))["auth.passkey.allowSignIn"], false);

// Pushing again replaces what was pushed, not what the environment says.
await project.pushConfig({ "auth.passkey.allowSignIn": true }, { source: { type: "pushed-from-unknown" } });
config = await project.getConfig();
assert.equal(config.teams.allowClientTeamCreation, false);
assert.equal(config.auth.passkey.allowSignIn, false);
await project.resetConfigOverrideKeys("environment", ["auth.passkey"]);
assert.equal((await project.getConfig()).auth.passkey.allowSignIn, true);
await project.updatePushedConfig({ "teams.allowClientTeamCreation": true });
assert.equal((await project.getConfig()).teams.allowClientTeamCreation, true);

const source = await project.getPushedConfigSource();
assert.deepEqual(source, { type: "pushed-from-unknown" });
await project.unlinkPushedConfigSource();
assert.deepEqual(await project.getPushedConfigSource(), { type: "unlinked" });

await project.replaceConfigOverride("environment", { "auth.otp.allowSignIn": true });
assert.deepEqual(await project.getConfigOverride("environment"), { "auth.otp.allowSignIn": true });
await assert.rejects(project.updateConfig({ "auth.otp.allowSignIn": "perhaps" }));
assert.equal((await project.getConfig()).auth.otp.allowSignIn, true);

// Only what is ready for people outside may be in production mode.
const missing = await project.getProductionModeErrors();
assert.ok(missing.length > 0);
assert.ok(missing.every((one) => one.message && one.relativeFixUrl));

// A project moves to another team of its owner.
const app = new StackClientApp({
  baseUrl, projectId: "internal", tokenStore: "memory", redirectMethod: "none", noAutomaticPrefetch: true,
});
ok(await app.signUpWithCredential({
  email: freshEmail(), password: "correct horse battery", noRedirect: true, noVerificationCallback: true,
}));
const owner = await app.getUser({ or: "throw" });
const mine = await owner.createProject({ displayName: "Moving", teamId: owner.selectedTeam.id });
assert.equal(mine.ownerTeamId, owner.selectedTeam.id);
const team = await owner.createTeam({ displayName: "Next owners" });
await owner.transferProject(mine.id, team.id);
const [moved] = await owner.listOwnedProjects();
assert.deepEqual([moved.id, moved.ownerTeamId], [mine.id, team.id]);
await moved.delete();
finish("project-configs");
