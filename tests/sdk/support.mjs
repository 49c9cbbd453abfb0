// Shared by the programs: the apps under test, configured from the environment that pytest sets.
import assert from "node:assert/strict";
import { StackAdminApp, StackClientApp, StackServerApp } from "@stackframe/js";

export { assert };

export const baseUrl = process.env.HEXCLAVE_TEST_URL;
export const projectId = process.env.HEXCLAVE_TEST_PROJECT_ID;

const common = { baseUrl, projectId, publishableClientKey: process.env.HEXCLAVE_TEST_CLIENT_KEY };

export function clientApp(options = {}) {
  return new StackClientApp({ ...common, tokenStore: "memory", redirectMethod: "none", noAutomaticPrefetch: true, ...options });
}

export function serverApp() {
  return new StackServerApp({
    ...common,
    secretServerKey: process.env.HEXCLAVE_TEST_SERVER_KEY,
    tokenStore: "memory",
    redirectMethod: "none",
    noAutomaticPrefetch: true,
  });
}

export function adminApp() {
  return new StackAdminApp({
    ...common,
    secretServerKey: process.env.HEXCLAVE_TEST_SERVER_KEY,
    superSecretAdminKey: process.env.HEXCLAVE_TEST_ADMIN_KEY,
    tokenStore: "memory",
    redirectMethod: "none",
    noAutomaticPrefetch: true,
  });
}

export function freshEmail() {
  return `user-${crypto.randomUUID()}@example.com`;
}

export function ok(result) {
  assert.equal(result.status, "ok", `expected ok, got ${JSON.stringify(result.error ?? result)}`);
  return result.data;
}

export function knownError(result, code) {
  assert.equal(result.status, "error");
  assert.equal(result.error.errorCode, code);
  return result.error;
}

// Ends the program: connections that the SDK keeps alive would hold it for five more seconds.
export function finish(name) {
  console.log(`${name} ok`);
  process.exit(0);
}
