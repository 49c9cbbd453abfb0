// better-auth with its built-in Kysely adapter on node:sqlite, behind Node's own HTTP server.
import { createServer } from "node:http";
import { DatabaseSync } from "node:sqlite";
import { betterAuth } from "better-auth";
import { getMigrations } from "better-auth/db/migration";
import { toNodeHandler } from "better-auth/node";
import { jwt } from "better-auth/plugins";

const [, , file, port] = process.argv;
const database = new DatabaseSync(file);
database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;");
const options = {
  database,
  baseURL: `http://127.0.0.1:${port}`,
  secret: "a secret only for this benchmark, long enough",
  emailAndPassword: { enabled: true },
  rateLimit: { enabled: false },
  telemetry: { enabled: false },
  logger: { disabled: true },
  plugins: [jwt({ jwks: { keyPairConfig: { alg: "ES256" } } })],
};
const { runMigrations } = await getMigrations(options);
await runMigrations();
createServer(toNodeHandler(betterAuth(options))).listen(Number(port), "127.0.0.1", () => console.log("ready"));
