// A back end: lists, creates, changes and deletes users, and signs them in.
import { assert, freshEmail, serverApp, finish } from "./support.mjs";

const app = serverApp();
const email = freshEmail();

const created = await app.createUser({
  primaryEmail: email,
  primaryEmailAuthEnabled: true,
  primaryEmailVerified: true,
  password: "correct horse battery",
  displayName: "Ben",
  serverMetadata: { plan: "pro" },
});
assert.equal(created.primaryEmail, email);
assert.equal(created.primaryEmailVerified, true);
assert.deepEqual(created.serverMetadata, { plan: "pro" });

const read = await app.getUser(created.id);
assert.equal(read.displayName, "Ben");
assert.equal(await app.getUser("00000000-0000-4000-8000-000000000000"), null);

await read.update({ displayName: "Benjamin", clientReadOnlyMetadata: { level: 3 } });
const changed = await app.getUser(created.id);
assert.equal(changed.displayName, "Benjamin");
assert.deepEqual(changed.clientReadOnlyMetadata, { level: 3 });

await app.createUser({ displayName: "Cleo" });
await app.createUser({ displayName: "Dora" });
const everybody = await app.listUsers();
assert.ok(everybody.length >= 3);
assert.equal(everybody.nextCursor, null);

const names = [];
let cursor;
do {
  const page = await app.listUsers({ limit: 2, cursor, orderBy: "signedUpAt", desc: true });
  assert.ok(page.length <= 2);
  names.push(...page.map((user) => user.displayName));
  cursor = page.nextCursor ?? undefined;
} while (cursor);
assert.equal(names.length, everybody.length);
assert.equal(new Set(names.filter((name) => ["Benjamin", "Cleo", "Dora"].includes(name))).size, 3);

const found = await app.listUsers({ query: "benja" });
assert.deepEqual(found.map((user) => user.id), [created.id]);

const session = await changed.createSession({ expiresInMillis: 60_000 });
const tokens = await session.getTokens();
assert.ok(tokens.accessToken && tokens.refreshToken);

await changed.delete();
assert.equal(await app.getUser(created.id), null);
finish("server");
