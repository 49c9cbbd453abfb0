// A browser-like app: verification callback, changing, setting and forgetting passwords, sessions of other devices.
import { StackClientApp } from "@stackframe/js";
import { assert, baseUrl, clientApp, freshEmail, knownError, ok, projectId, serverApp, finish } from "./support.mjs";

const email = freshEmail();
const [first, second] = ["correct horse battery", "staple correct horse"];
const callbackUrl = "http://localhost:3000/handler/email-verification";

const app = clientApp();
ok(await app.signUpWithCredential({ email, password: first, noRedirect: true, verificationCallbackUrl: callbackUrl }));
await assert.rejects(
  clientApp().signUpWithCredential({
    email: freshEmail(),
    password: first,
    noRedirect: true,
    verificationCallbackUrl: "https://evil.example/verify",
  }),
  (error) => error.errorCode === "REDIRECT_URL_NOT_WHITELISTED",
);

const user = await app.getUser({ or: "throw" });
const phone = clientApp();
ok(await phone.signInWithCredential({ email, password: first, noRedirect: true }));
assert.equal((await user.getActiveSessions()).length, 2);

const wrong = await user.updatePassword({ oldPassword: "not the password", newPassword: second });
assert.equal(wrong.errorCode, "PASSWORD_CONFIRMATION_MISMATCH");
const short = await user.updatePassword({ oldPassword: first, newPassword: "short" });
assert.equal(short.errorCode, "PASSWORD_TOO_SHORT");
assert.equal(await user.updatePassword({ oldPassword: first, newPassword: second }), undefined);

const sessions = await user.getActiveSessions();
assert.equal(sessions.length, 1, "the other device is signed out");
assert.equal(sessions[0].isCurrentSession, true);
assert.equal((await app.getUser({ or: "throw" })).id, user.id, "this device stays signed in");
knownError(await clientApp().signInWithCredential({ email, password: first, noRedirect: true }), "EMAIL_PASSWORD_MISMATCH");

const tablet = clientApp();
ok(await tablet.signInWithCredential({ email, password: second, noRedirect: true }));
const other = (await user.getActiveSessions()).find((session) => !session.isCurrentSession);
await user.revokeSession(other.id);
assert.equal((await user.getActiveSessions()).length, 1);

const resetUrl = "http://localhost:3000/handler/password-reset";
ok(await app.sendForgotPasswordEmail(email, { callbackUrl: resetUrl }));
ok(await app.sendForgotPasswordEmail(freshEmail(), { callbackUrl: resetUrl }));
knownError(await app.verifyPasswordResetCode("0".repeat(45)), "VERIFICATION_CODE_NOT_FOUND");
knownError(await app.resetPassword({ code: "0".repeat(45), password: first }), "VERIFICATION_CODE_NOT_FOUND");

// Somebody whom the server made, without a password.
const invited = await serverApp().createUser({ primaryEmail: freshEmail(), primaryEmailAuthEnabled: true });
const tokens = await (await invited.createSession({ expiresInMillis: 60_000 })).getTokens();
const theirs = new StackClientApp({
  baseUrl,
  projectId,
  publishableClientKey: process.env.HEXCLAVE_TEST_CLIENT_KEY,
  tokenStore: tokens,
  redirectMethod: "none",
  noAutomaticPrefetch: true,
});
const them = await theirs.getUser({ or: "throw" });
assert.equal(them.hasPassword, false);
assert.equal(await them.setPassword({ password: first }), undefined);
assert.equal((await theirs.getUser({ or: "throw" })).hasPassword, true);
ok(await clientApp().signInWithCredential({ email: invited.primaryEmail, password: first, noRedirect: true }));
finish("auth-passwords");
