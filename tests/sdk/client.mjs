// A browser-like app: signs up, signs in, reads and updates its user, refreshes its session, signs out.
import { assert, clientApp, freshEmail, knownError, ok, finish } from "./support.mjs";

const email = freshEmail();
const password = "correct horse battery";

const app = clientApp();
assert.equal(await app.getUser(), null, "nobody is signed in at first");

ok(await app.signUpWithCredential({ email, password, noRedirect: true, noVerificationCallback: true }));
const user = await app.getUser({ or: "throw" });
assert.equal(user.primaryEmail, email);
assert.equal(user.primaryEmailVerified, false);
assert.equal(user.hasPassword, true);

await user.update({ displayName: "Ada Lovelace", clientMetadata: { theme: "dark" } });
const updated = await app.getUser({ or: "throw" });
assert.equal(updated.displayName, "Ada Lovelace");
assert.deepEqual(updated.clientMetadata, { theme: "dark" });

const before = await user.currentSession.getTokens();
assert.ok(before.accessToken && before.refreshToken);
const sessions = await user.getActiveSessions();
assert.equal(sessions.length, 1);
assert.equal(sessions[0].isCurrentSession, true);

// A second device: only the refresh token is known, so the SDK has to refresh before its first call.
const second = clientApp();
ok(await second.signInWithCredential({ email, password, noRedirect: true }));
const other = await second.getUser({ or: "throw" });
assert.equal(other.id, user.id);
assert.equal((await other.getActiveSessions()).length, 2);
const stale = await other.currentSession.getTokens();
const { StackClientApp } = await import("@stackframe/js");
const { baseUrl, projectId } = await import("./support.mjs");
const resumed = new StackClientApp({
  baseUrl,
  projectId,
  publishableClientKey: process.env.HEXCLAVE_TEST_CLIENT_KEY,
  tokenStore: { refreshToken: stale.refreshToken, accessToken: "an.expired.token" },
  redirectMethod: "none",
  noAutomaticPrefetch: true,
});
const refreshed = await resumed.getUser({ or: "throw" });
assert.equal(refreshed.id, user.id);
const fresh = await refreshed.currentSession.getTokens();
assert.notEqual(fresh.accessToken, "an.expired.token");
assert.equal(fresh.refreshToken, stale.refreshToken);

knownError(
  await clientApp().signInWithCredential({ email, password: "wrong password", noRedirect: true }),
  "EMAIL_PASSWORD_MISMATCH",
);
knownError(
  await clientApp().signUpWithCredential({ email, password, noRedirect: true, noVerificationCallback: true }),
  "USER_EMAIL_ALREADY_EXISTS",
);
knownError(
  await clientApp().signUpWithCredential({ email: freshEmail(), password: "short", noRedirect: true, noVerificationCallback: true }),
  "PASSWORD_TOO_SHORT",
);

await other.signOut();
assert.equal(await second.getUser(), null, "signed out on the second device");
assert.equal((await user.getActiveSessions()).length, 1);
const gone = new StackClientApp({
  baseUrl,
  projectId,
  publishableClientKey: process.env.HEXCLAVE_TEST_CLIENT_KEY,
  tokenStore: { refreshToken: stale.refreshToken, accessToken: "an.expired.token" },
  redirectMethod: "none",
  noAutomaticPrefetch: true,
});
assert.equal(await gone.getUser(), null, "an ended session cannot be refreshed");
finish("client");
