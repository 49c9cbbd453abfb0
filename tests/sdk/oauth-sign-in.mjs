// Whole sign-ins at providers through the SDK's own functions, in what they need of a browser: the address, the
// history, cookies, and navigation. Google is a real OpenID provider on loopback, GitHub is the demo provider.
import { adminApp, assert, clientApp, finish } from "./support.mjs";

const provider = process.env.HEXCLAVE_TEST_PROVIDER_URL;
const origin = "http://localhost:4999";
const person = { sub: `sdk-${crypto.randomUUID()}`, email: `${crypto.randomUUID()}@example.com` };
const cookies = new Map();
let navigated;

function show(href) {
  const location = new URL(href);
  globalThis.window = {
    location,
    history: { replaceState: (_state, _title, url) => { location.href = url; } },
    addEventListener: () => {},
  };
}

globalThis.document = {
  createElement: () => ({}),
  get cookie() {
    return [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  },
  set cookie(text) {
    const [pair, ...attributes] = text.split("; ");
    const name = pair.slice(0, pair.indexOf("="));
    const isOver = attributes.some((attribute) => /^expires=/i.test(attribute) && new Date(attribute.slice(8)) < new Date());
    if (isOver) cookies.delete(name);
    else cookies.set(name, pair.slice(name.length + 1));
  },
};

// Navigating never returns in a browser; here it says where the SDK goes.
const going = (work) => new Promise((resolve, reject) => {
  navigated = resolve;
  work().catch(reject);
});
const browser = () => clientApp({ redirectMethod: { useNavigate: () => () => {}, navigate: (url) => navigated(url) } });

async function follow(url, cookie) {
  const answer = await fetch(url, { redirect: "manual", headers: cookie ? { cookie } : {} });
  return { location: answer.headers.get("location"), cookie: answer.headers.get("set-cookie")?.split(";")[0] };
}

async function agreeAtGoogle(url, sub) {
  const answer = await fetch(url, { method: "POST", body: new URLSearchParams({ sub }), redirect: "manual" });
  return answer.headers.get("location");
}

async function agreeAtDemo(url, email) {
  const page = await (await fetch(url)).text();
  assert.match(page, /Demo, not GitHub/);
  const form = { state: new URL(url).searchParams.get("state"), email, name: "Ada Demo", action: "sign-in" };
  const answer = await fetch(url.split("?")[0], { method: "POST", body: new URLSearchParams(form), redirect: "manual" });
  return answer.headers.get("location");
}

const project = await adminApp().getProject();
await project.update({ config: { allowLocalhost: true } });
const ways = { allowSignIn: true, allowConnectedAccounts: true };
await project.updateConfig({
  "auth.oauth.providers.google": { type: "google", isShared: false, clientId: "app", clientSecret: "secret", ...ways },
  "auth.oauth.providers.github": { type: "github", ...ways },
});
await fetch(`${provider}/users/${person.sub}`, {
  method: "PUT",
  headers: { "content-type": "application/json" },
  body: JSON.stringify({ email: person.email, email_verified: true, name: "Ada" }),
});

// The first sign-in makes an account.
const app = browser();
show(`${origin}/sign-in`);
const toGoogle = await going(() => app.signInWithOAuth("google"));
assert.equal(new URL(toGoogle).origin, new URL(provider).origin);
const back = await follow(await agreeAtGoogle(toGoogle, person.sub));
assert.match(back.location, new RegExp(`^${origin}/handler/oauth-callback\\?`));
show(back.location);
await going(() => app.callOAuthCallback());
assert.deepEqual([...cookies.keys()].filter((name) => name.includes("oauth-outer")), [], "verifiers are used up");
const user = await app.getUser({ or: "throw" });
assert.equal(user.primaryEmail, person.email);
assert.equal(user.primaryEmailVerified, true);
assert.deepEqual(user.oauthProviders.map(({ id }) => id), ["google"]);

// Its provider's token works at the provider.
const connected = await user.getConnectedAccount("google");
const { accessToken } = await connected.getAccessToken();
const known = await (await fetch(`${provider}/userinfo`, { headers: { authorization: `Bearer ${accessToken}` } })).json();
assert.equal(known.sub, person.sub);

// Another visitor signs in through the demo provider, then links Google: refused, for it belongs to the first user.
const other = browser();
show(`${origin}/sign-in`);
const toDemo = await going(() => other.signInWithOAuth("github"));
show((await follow(await agreeAtDemo(toDemo, `${crypto.randomUUID()}@example.com`))).location);
await going(() => other.callOAuthCallback());
const second = await other.getUser({ or: "throw" });
assert.equal(second.displayName, "Ada Demo");
assert.notEqual(second.id, user.id);

const link = async (sub) => {
  show(`${origin}/account`);
  const begun = await follow(await going(() => second.linkConnectedAccount("google")));
  assert.ok(begun.cookie.startsWith("stack-oauth-inner-"));
  const callback = await agreeAtGoogle(begun.location, sub);
  assert.equal((await follow(callback)).location, null, "another browser than the one that began");
  show((await follow(callback, begun.cookie)).location);
};
await link(person.sub);
await assert.rejects(() => other.callOAuthCallback(), (error) => error.errorCode === "OAUTH_CONNECTION_ALREADY_CONNECTED_TO_ANOTHER_USER");
await link(`sdk-${crypto.randomUUID()}`);
await going(() => other.callOAuthCallback());
assert.deepEqual((await other.getUser({ or: "throw" })).oauthProviders.map(({ id }) => id).sort(), ["github", "google"]);
finish("oauth-sign-in");
