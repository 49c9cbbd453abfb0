// A command line: waits while somebody who is signed in in a browser confirms its link, and then acts as that person.
import { assert, baseUrl, clientApp, finish, freshEmail, knownError, ok, projectId } from "./support.mjs";

const browser = clientApp();
const email = freshEmail();
ok(await browser.signUpWithCredential({ email, password: "correct horse battery", noRedirect: true, noVerificationCallback: true }));
const { refreshToken } = await browser.getAuthJson();

// What the page behind the link does, which is none of the SDK's public functions.
async function complete(body) {
  const headers = {
    "content-type": "application/json",
    "x-stack-project-id": projectId,
    "x-stack-access-type": "client",
    "x-stack-publishable-client-key": process.env.HEXCLAVE_TEST_CLIENT_KEY,
  };
  return await fetch(`${baseUrl}/api/v1/auth/cli/complete`, { method: "POST", headers, body: JSON.stringify(body) });
}

const links = [];
const token = ok(
  await clientApp().promptCliLogin({
    appUrl: baseUrl,
    waitTimeMillis: 100,
    maxAttempts: 100,
    promptLink: async (url, loginCode) => {
      links.push(new URL(url).searchParams.get("login_code"), loginCode);
      const checked = await complete({ login_code: loginCode, mode: "check" });
      assert.deepEqual(await checked.json(), { cli_session_state: "none" });
      const completed = await complete({ login_code: loginCode, refresh_token: refreshToken });
      assert.deepEqual(await completed.json(), { success: true });
    },
  }),
);
assert.equal(links[0], links[1]);
assert.equal(token, refreshToken, "the session of the browser");
const commandLine = clientApp({ tokenStore: { accessToken: "", refreshToken: token } });
assert.equal((await commandLine.getUser({ or: "throw" })).primaryEmail, email);
assert.equal((await complete({ login_code: links[0], refresh_token: refreshToken })).status, 400, "a link works once");

const promptLink = () => {};
const unconfirmed = { appUrl: baseUrl, promptLink, waitTimeMillis: 10 };
knownError(await clientApp().promptCliLogin({ ...unconfirmed, maxAttempts: 2 }), "CLI_AUTH_ERROR");
knownError(await clientApp().promptCliLogin({ ...unconfirmed, expiresInMillis: 1 }), "CLI_AUTH_EXPIRED_ERROR");
finish("auth-cli");
