// Passkeys through the SDK's own functions; the browser they need is an authenticator in software behind its API.
import { createHash, generateKeyPairSync, randomBytes, sign } from "node:crypto";
import { adminApp, assert, clientApp, finish, freshEmail, knownError, ok } from "./support.mjs";

const origin = "http://localhost:4999";
const rpIdHash = createHash("sha256").update("localhost").digest();
const credentialId = randomBytes(32);
const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
let userHandle;

const clientData = (type, challenge) =>
  Buffer.from(JSON.stringify({ type, challenge: Buffer.from(challenge).toString("base64url"), origin, crossOrigin: false }));
const credential = (response) => ({
  id: credentialId.toString("base64url"),
  rawId: credentialId,
  type: "public-key",
  response,
  getClientExtensionResults: () => ({}),
});

function create({ publicKey: options }) {
  userHandle = Buffer.from(options.user.id);
  const { x, y } = publicKey.export({ format: "jwk" });
  // CBOR by hand: {1: 2, 3: -7, -1: 1, -2: x, -3: y} and {"fmt": "none", "attStmt": {}, "authData": …}
  const key = Buffer.concat([Buffer.from("a5010203262001215820", "hex"), Buffer.from(x, "base64url"), Buffer.from("225820", "hex"), Buffer.from(y, "base64url")]);
  const data = Buffer.concat([rpIdHash, Buffer.from("4500000000", "hex"), Buffer.alloc(16), Buffer.from("0020", "hex"), credentialId, key]);
  const attestationObject = Buffer.concat([Buffer.from("a363666d74646e6f6e656761747453746d74a068617574684461746158", "hex"), Buffer.from([data.length]), data]);
  return credential({ clientDataJSON: clientData("webauthn.create", options.challenge), attestationObject, getTransports: () => ["internal"] });
}

function get({ publicKey: options }) {
  const authenticatorData = Buffer.concat([rpIdHash, Buffer.from("0500000000", "hex")]);
  const clientDataJSON = clientData("webauthn.get", options.challenge);
  const signed = Buffer.concat([authenticatorData, createHash("sha256").update(clientDataJSON).digest()]);
  return credential({ clientDataJSON, authenticatorData, signature: sign("sha256", signed, privateKey), userHandle });
}

Object.defineProperty(globalThis, "navigator", { value: { credentials: { create: async (o) => create(o), get: async (o) => get(o) } } });
const inBrowser = async (work) => {
  globalThis.window = { location: new URL(`${origin}/page`), PublicKeyCredential: function () {} };
  globalThis.PublicKeyCredential = globalThis.window.PublicKeyCredential;
  try {
    return await work();
  } finally {
    delete globalThis.window;
  }
};

const project = await adminApp().getProject();
await project.update({ config: { allowLocalhost: true, passkeyEnabled: true } });
// Registration asks the app for the current page, which one without a redirect method does not know.
const owner = clientApp({ redirectMethod: { useNavigate: () => () => {}, navigate: () => {} } });
ok(await owner.signUpWithCredential({ email: freshEmail(), password: "correct horse battery", noRedirect: true, noVerificationCallback: true }));
const user = await owner.getUser({ or: "throw" });
assert.equal(user.passkeyAuthEnabled, false);
await inBrowser(async () => ok(await user.registerPasskey()));
assert.equal((await owner.getUser()).passkeyAuthEnabled, true);

const visitor = clientApp();
await inBrowser(async () => ok(await visitor.signInWithPasskey()));
assert.equal((await visitor.getUser({ or: "throw" })).id, user.id);

await (await owner.getUser()).update({ passkeyAuthEnabled: false });
await inBrowser(async () => knownError(await clientApp().signInWithPasskey(), "PASSKEY_AUTHENTICATION_FAILED"));
finish("passkeys");
