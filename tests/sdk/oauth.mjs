// OAuth: linked accounts of users, and the SDK's own OAuth library against the token endpoint.
import { createHash, randomBytes } from "node:crypto";
import { adminApp, assert, clientApp, freshEmail, ok, serverApp, finish } from "./support.mjs";

const project = await adminApp().getProject();
await project.update({ config: { allowLocalhost: true } });
await project.updateConfig({
  "auth.oauth.providers.github": { type: "github", allowSignIn: true, allowConnectedAccounts: true },
});

const app = clientApp();
ok(await app.signUpWithCredential({ email: freshEmail(), password: "correct horse battery", noRedirect: true, noVerificationCallback: true }));
const user = await app.getUser({ or: "throw" });

const server = serverApp();
const linked = ok(await server.createOAuthProvider({
  userId: user.id,
  providerConfigId: "github",
  accountId: "4711",
  email: "ada@example.org",
  allowSignIn: true,
  allowConnectedAccounts: true,
}));
assert.equal(linked.type, "github");
assert.equal(linked.accountId, "4711");
const [own] = await user.listOAuthProviders();
assert.equal(own.id, linked.id);
assert.equal(own.email, "ada@example.org");
assert.equal(own.accountId, undefined, "hidden from clients");
ok(await own.update({ allowSignIn: false }));
const seen = await (await server.getUser(user.id)).getOAuthProvider(linked.id);
assert.equal(seen.allowSignIn, false);
assert.equal(seen.allowConnectedAccounts, true);

const stranger = await server.createUser({ primaryEmail: freshEmail() });
const account = { userId: stranger.id, providerConfigId: "github", accountId: "4711", email: "eve@example.org" };
ok(await server.createOAuthProvider({ ...account, allowSignIn: true, allowConnectedAccounts: true }));
const refused = await linked.update({ allowSignIn: true });
assert.equal(refused.error.errorCode, "OAUTH_PROVIDER_ACCOUNT_ID_ALREADY_USED_FOR_SIGN_IN");
await linked.delete();

// A session moves to another domain: its code goes through the SDK's own exchange.
const codeVerifier = randomBytes(32).toString("base64url");
const state = randomBytes(32).toString("base64url");
const redirectUri = "http://localhost:4999/handler/oauth-callback?x=1";
const session = await app._getSession();
const answer = await app._interface.sendClientRequest(
  "/auth/oauth/cross-domain/authorize",
  {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({
      redirect_uri: redirectUri,
      state,
      code_challenge: createHash("sha256").update(codeVerifier).digest("base64url"),
      code_challenge_method: "S256",
      after_callback_redirect_url: "http://localhost:4999/cart",
    }),
  },
  session,
);
const target = new URL((await answer.json()).redirect_url);
assert.equal(target.searchParams.get("x"), "1");
target.searchParams.delete("x");
const exchange = () => app._interface.callOAuthCallback({ oauthParams: target.searchParams, redirectUri, codeVerifier, state });
const tokens = await exchange();
assert.equal(tokens.newUser, false);
assert.equal(tokens.afterCallbackRedirectUrl, "http://localhost:4999/cart");
assert.equal(tokens.refreshToken, (await session.getOrFetchLikelyValidTokens(0, null)).refreshToken?.token);
await assert.rejects(exchange, "a code works once");
finish("oauth");
