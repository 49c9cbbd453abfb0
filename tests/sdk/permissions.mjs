// Permissions: an administrator defines them, a back end grants them, and a user asks what it may do.
import { adminApp, assert, clientApp, freshEmail, ok, serverApp, finish } from "./support.mjs";

const admin = adminApp();
const server = serverApp();

await admin.createTeamPermissionDefinition({ id: "read", description: "Read things" });
await admin.createTeamPermissionDefinition({ id: "write", containedPermissionIds: ["read"] });
await admin.createTeamPermissionDefinition({ id: "owner", containedPermissionIds: ["write", "$update_team"] });
const definitions = await admin.listTeamPermissionDefinitions();
assert.deepEqual(definitions.find((one) => one.id === "owner").containedPermissionIds, ["$update_team", "write"]);
assert.equal(definitions.find((one) => one.id === "read").description, "Read things");
assert.equal(definitions.filter((one) => one.id.startsWith("$")).length, 6);
await assert.rejects(() => admin.createTeamPermissionDefinition({ id: "read" }), /already exists/);
await assert.rejects(() => admin.updateTeamPermissionDefinition("read", { containedPermissionIds: ["owner"] }));

const paged = [];
let cursor;
do {
  const page = await admin.listTeamPermissionDefinitionsPaginated({ limit: 4, cursor });
  paged.push(...page.items.map((one) => one.id));
  cursor = page.nextCursor ?? undefined;
} while (cursor);
assert.deepEqual(paged, definitions.map((one) => one.id));

const email = freshEmail();
const password = "correct horse battery";
const ada = await server.createUser({ primaryEmail: email, primaryEmailAuthEnabled: true, password });
const team = await server.createTeam({ displayName: "Acme" });
await team.addUser(ada.id);
await ada.grantPermission(team, "owner");
await ada.grantPermission(team, "owner");
assert.equal(await ada.hasPermission(team, "read"), true);
const direct = await ada.listPermissions(team, { recursive: false });
assert.deepEqual(direct.map((one) => one.id), ["owner", "team_member"]);
const everybody = await server.listTeamMemberPermissions(team.id, { recursive: true });
assert.ok(everybody.some((one) => one.userId === ada.id && one.permissionId === "$update_team"));

const app = clientApp();
ok(await app.signInWithCredential({ email, password, noRedirect: true }));
const user = await app.getUser({ or: "throw" });
const own = await user.getTeam(team.id);
assert.equal(await user.hasPermission(own, "write"), true);
assert.equal((await user.getPermission(own, "$delete_team")), null);
await own.update({ displayName: "Renamed" });

await admin.updateTeamPermissionDefinition("write", { description: "Writes, and no longer reads" });
assert.deepEqual((await admin.listTeamPermissionDefinitions()).find((one) => one.id === "write").containedPermissionIds, []);
await admin.updateTeamPermissionDefinition("write", { containedPermissionIds: ["read"] });
await ada.revokePermission(team, "owner");
assert.equal(await ada.hasPermission(team, "read"), false);
await assert.rejects(() => ada.revokePermission(team, "owner"));

await admin.createProjectPermissionDefinition({ id: "pay" });
await admin.createProjectPermissionDefinition({ id: "boss", containedPermissionIds: ["pay"] });
await ada.grantPermission("boss");
assert.equal(await ada.hasPermission("pay"), true);
assert.equal(await user.hasPermission("pay"), true);
assert.deepEqual((await user.listPermissions({ recursive: false })).map((one) => one.id), ["boss"]);
await admin.deleteProjectPermissionDefinition("boss");
assert.deepEqual((await admin.listProjectPermissionDefinitions()).map((one) => one.id), ["pay"]);
await admin.deleteTeamPermissionDefinition("write");
assert.deepEqual(
  (await admin.listTeamPermissionDefinitions()).find((one) => one.id === "owner").containedPermissionIds,
  ["$update_team"],
);
assert.equal((await admin.listTeamPermissionDefinitions()).some((one) => one.id === "write"), false);
finish("permissions");
