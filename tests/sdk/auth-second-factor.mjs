// A user with an authenticator, who loses it and gets in by a recovery code.
import { createHmac, randomBytes } from "node:crypto";
import { assert, baseUrl, clientApp, freshEmail, knownError, ok, projectId, finish } from "./support.mjs";

function totp(secret, steps = 0) {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps));
  const digest = createHmac("sha1", secret).update(counter).digest();
  const number = digest.readUInt32BE(digest[19] & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, "0");
}

async function call(path, body) {
  const response = await fetch(`${baseUrl}/api/v1${path}`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "x-stack-project-id": projectId,
      "x-stack-access-type": "client",
      "x-stack-publishable-client-key": process.env.HEXCLAVE_TEST_CLIENT_KEY,
    },
    body: JSON.stringify(body),
  });
  return await response.json();
}

const email = freshEmail();
const password = "correct horse battery";
const app = clientApp();
ok(await app.signUpWithCredential({ email, password, noRedirect: true, noVerificationCallback: true }));
const user = await app.getUser({ or: "throw" });
const secret = randomBytes(20);
await user.update({ totpMultiFactorSecret: new Uint8Array(secret) });
assert.equal((await app.getUser({ or: "throw" })).isMultiFactorRequired, true);

const asked = await call("/auth/password/sign-in", { email, password });
assert.equal(asked.code, "MULTI_FACTOR_AUTHENTICATION_REQUIRED");
const second = clientApp();
knownError(await second.signInWithMfa("12345x", asked.details.attempt_code, { noRedirect: true }), "INVALID_TOTP_CODE");
ok(await second.signInWithMfa(totp(secret), asked.details.attempt_code, { noRedirect: true }));
assert.equal((await second.getUser({ or: "throw" })).id, user.id);
knownError(
  await second.signInWithMfa(totp(secret, 1), asked.details.attempt_code, { noRedirect: true }),
  "VERIFICATION_CODE_ALREADY_USED",
);

// The authenticator is lost: a recovery code goes through the SDK's own method.
const own = await fetch(`${baseUrl}/api/v1/auth/mfa/recovery-codes`, {
  method: "POST",
  headers: {
    "content-type": "application/json",
    "x-stack-project-id": projectId,
    "x-stack-access-type": "client",
    "x-stack-publishable-client-key": process.env.HEXCLAVE_TEST_CLIENT_KEY,
    "x-stack-access-token": (await user.currentSession.getTokens()).accessToken,
  },
  body: "{}",
});
const { codes } = await own.json();
assert.equal(codes.length, 10);
const lost = await call("/auth/password/sign-in", { email, password });
ok(await clientApp().signInWithMfa(codes[0], lost.details.attempt_code, { noRedirect: true }));
finish("auth-second-factor");
