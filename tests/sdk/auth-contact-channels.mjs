// A user with several e-mail addresses: adding, changing, verifying, deleting; and a server that looks after them.
import { assert, clientApp, freshEmail, knownError, ok, serverApp, finish } from "./support.mjs";

const email = freshEmail();
const app = clientApp();
ok(await app.signUpWithCredential({ email, password: "correct horse battery", noRedirect: true, noVerificationCallback: true }));
const user = await app.getUser({ or: "throw" });

const [primary] = await user.listContactChannels();
assert.deepEqual([primary.value, primary.isPrimary, primary.isVerified, primary.usedForAuth], [email, true, false, true]);

const added = freshEmail();
const channel = await user.createContactChannel({ type: "email", value: added.toUpperCase(), usedForAuth: false });
assert.deepEqual([channel.value, channel.isPrimary, channel.isVerified], [added, false, false]);
await channel.update({ isPrimary: true, usedForAuth: true });
assert.equal((await app.getUser({ or: "throw" })).primaryEmail, added);

const callbackUrl = "http://localhost:3000/handler/email-verification";
await channel.sendVerificationEmail({ callbackUrl });
knownError(await app.verifyEmail("0".repeat(45)), "VERIFICATION_CODE_NOT_FOUND");
await assert.rejects(user.createContactChannel({ type: "email", value: email, usedForAuth: false }));

const stranger = clientApp();
ok(await stranger.signUpWithCredential({ email: freshEmail(), password: "correct horse battery", noRedirect: true, noVerificationCallback: true }));
const other = await stranger.getUser({ or: "throw" });
const shared = await other.createContactChannel({ type: "email", value: email, usedForAuth: false });
await assert.rejects(shared.update({ usedForAuth: true }), /already used/);

const server = serverApp();
const seen = await (await server.getUser(user.id)).listContactChannels();
assert.deepEqual(seen.map((item) => item.value), [email, added]);
await seen[1].update({ isVerified: true });
assert.equal((await app.getUser({ or: "throw" })).primaryEmailVerified, true);
const byServer = await (await server.getUser(user.id)).createContactChannel({
  type: "email",
  value: freshEmail(),
  usedForAuth: false,
  isVerified: true,
});
assert.equal(byServer.isVerified, true);

for (const item of await user.listContactChannels()) await item.delete();
assert.deepEqual(await user.listContactChannels(), []);
finish("auth-contact-channels");
