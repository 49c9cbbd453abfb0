// A dashboard user: signs in to project `internal`, creates a project, manages it with the owner's session.
import { StackClientApp } from "@stackframe/js";
import { assert, baseUrl, freshEmail, ok, finish } from "./support.mjs";

const app = new StackClientApp({
  baseUrl,
  projectId: "internal",
  tokenStore: "memory",
  redirectMethod: "none",
  noAutomaticPrefetch: true,
});
ok(await app.signUpWithCredential({
  email: freshEmail(),
  password: "correct horse battery",
  noRedirect: true,
  noVerificationCallback: true,
}));
const owner = await app.getUser({ or: "throw" });
assert.deepEqual(await owner.listOwnedProjects(), []);

const project = await owner.createProject({ displayName: "Mine", teamId: owner.selectedTeam.id });
assert.equal(project.displayName, "Mine");
const owned = await owner.listOwnedProjects();
assert.deepEqual(owned.map((item) => item.id), [project.id]);

const adminOfMine = project.app;
await project.update({ displayName: "Still mine", isProductionMode: false });
assert.equal((await adminOfMine.getProject()).displayName, "Still mine");
const user = await adminOfMine.createUser({ displayName: "Somebody" });
assert.deepEqual((await adminOfMine.listUsers()).map((item) => item.id), [user.id]);
await project.delete();
assert.deepEqual(await owner.listOwnedProjects(), []);
finish("owner");
