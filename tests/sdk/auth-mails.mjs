// What is reached by mail: signing in by link and code, a forgotten password, a verified address.
import { adminApp, assert, baseUrl, clientApp, finish, freshEmail, knownError, ok, projectId } from "./support.mjs";

await (await adminApp().getProject()).updateConfig({ "auth.otp.allowSignIn": true, "domains.allowLocalhost": true });
const callbackUrl = `${baseUrl}/handler/callback`;

// The newest mail to an address that the built-in inbox has not shown yet.
const seen = new Set();
async function nextMail(email) {
  for (let tries = 0; tries < 200; tries += 1) {
    const answer = await fetch(`${baseUrl}/api/v1/internal/email-inbox`, {
      headers: {
        "x-stack-project-id": projectId,
        "x-stack-access-type": "admin",
        "x-stack-super-secret-admin-key": process.env.HEXCLAVE_TEST_ADMIN_KEY,
      },
    });
    const { items } = await answer.json();
    const found = items.find((mail) => !seen.has(mail.id) && JSON.stringify(mail).includes(email));
    if (found) {
      seen.add(found.id);
      return found;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.fail(`no mail reached ${email}`);
}

function codeOf(mail) {
  const link = mail.links.map((text) => new URL(text)).find((url) => url.searchParams.has("code"));
  return link.searchParams.get("code");
}

const email = freshEmail();
const visitor = clientApp();
ok(await visitor.sendMagicLinkEmail(email, { callbackUrl }));
const link = codeOf(await nextMail(email));
ok(await visitor.signInWithMagicLink(link, { noRedirect: true }));
const user = await visitor.getUser({ or: "throw" });
assert.equal(user.primaryEmail, email);
assert.equal(user.primaryEmailVerified, true);
knownError(await clientApp().signInWithMagicLink(link, { noRedirect: true }), "VERIFICATION_CODE_ALREADY_USED");

// The typed code goes with the nonce that only this browser was told.
const typed = clientApp();
const { nonce } = ok(await typed.sendMagicLinkEmail(email, { callbackUrl }));
const [digits] = (await nextMail(email)).codes;
knownError(await typed.signInWithMagicLink(`000000${nonce}`, { noRedirect: true }), "VERIFICATION_CODE_NOT_FOUND");
ok(await typed.signInWithMagicLink(digits + nonce, { noRedirect: true }));
assert.equal((await typed.getUser({ or: "throw" })).id, user.id);

// A password is forgotten, and every session that knew the old one ends.
const other = freshEmail();
const owner = clientApp();
ok(await owner.signUpWithCredential({
  email: other, password: "correct horse battery", noRedirect: true, verificationCallbackUrl: callbackUrl,
}));
const verification = codeOf(await nextMail(other));
ok(await owner.verifyEmail(verification));
assert.equal((await owner.getUser({ or: "throw" })).primaryEmailVerified, true);
ok(await clientApp().sendForgotPasswordEmail(other, { callbackUrl }));
const reset = codeOf(await nextMail(other));
ok(await clientApp().verifyPasswordResetCode(reset));
ok(await clientApp().resetPassword({ password: "battery staple correct", code: reset }));
knownError(
  await clientApp().signInWithCredential({ email: other, password: "correct horse battery", noRedirect: true }),
  "EMAIL_PASSWORD_MISMATCH",
);
ok(await clientApp().signInWithCredential({ email: other, password: "battery staple correct", noRedirect: true }));
finish("auth-mails");
