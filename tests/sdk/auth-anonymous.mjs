// A visitor: gets an anonymous user, keeps it across calls, and makes it real by signing up.
import { assert, clientApp, freshEmail, ok, serverApp, finish } from "./support.mjs";

const app = clientApp();
assert.equal(await app.getUser(), null);
const visitor = await app.getUser({ or: "anonymous" });
assert.equal(visitor.isAnonymous, true);
assert.equal(visitor.isRestricted, true);
assert.equal((await app.getUser({ or: "anonymous" })).id, visitor.id, "the same visitor the second time");
assert.equal(await app.getUser(), null, "an anonymous user is nobody unless asked for");
await visitor.update({ clientMetadata: { cart: ["book"] } });

const email = freshEmail();
ok(await app.signUpWithCredential({ email, password: "correct horse battery", noRedirect: true, noVerificationCallback: true }));
const user = await app.getUser({ or: "throw" });
assert.equal(user.id, visitor.id, "upgraded in place");
assert.equal(user.isAnonymous, false);
assert.equal(user.primaryEmail, email);
assert.deepEqual(user.clientMetadata, { cart: ["book"] });
assert.equal((await user.getActiveSessions()).length, 1, "the anonymous session has ended");

const listed = await serverApp().listUsers();
assert.ok(listed.some((item) => item.id === user.id));
finish("auth-anonymous");
