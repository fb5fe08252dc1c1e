/**
 * SQLSTATE classes and codes (PostgreSQL's errcodes) that say something of the connection and nothing of the statement: class 08,
 * too many connections, the server is shut down, has crashed or starts up, a session that waited for too long was ended.
 */
const DOWN_STATE = /^(?:08[\dA-Z]{3}|53300|57P0[1235]|25P0[34])$/;

/** What a socket says that was refused, cut or led nowhere. */
const DOWN_SOCKET: ReadonlySet<unknown> = new Set([
  ...[
    "ECONNREFUSED",
    "ECONNRESET",
    "EPIPE",
    "ETIMEDOUT",
    "EHOSTUNREACH",
    "ENETUNREACH",
    "ENOTFOUND",
    "EAI_AGAIN",
  ],
]);

/** What node-postgres and its pool say without a code (pg/lib/client.js, pg-pool/index.js). */
const DOWN_WORDS: ReadonlySet<string> = new Set([
  "Connection terminated",
  "Connection terminated unexpectedly",
  "Connection terminated due to connection timeout",
  "Client has encountered a connection error and is not queryable",
  "Client was closed and is not queryable",
  "timeout exceeded when trying to connect",
  "timeout expired",
]);

/** Prisma's: not reached, timed out, closed, none of the pool's free, too many. */
const DOWN_PRISMA: ReadonlySet<unknown> = new Set(["P1001", "P1002", "P1008", "P1017", "P2024", "P2037"]);

/**
 * Whether an error says that the database does not answer, rather than that it refused what it was asked: what was tried may then be
 * tried again as it is. An error of our SQL (42…), of a constraint (23…) or of the data (22…) is not such a one, nor is a request to Shopify
 * that failed: `fetch` hides its socket's code in a cause.
 */
export function isDatabaseDown(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code: unknown = "code" in error ? error.code : undefined;
  if (typeof code === "string")
    return DOWN_STATE.test(code) || DOWN_SOCKET.has(code) || DOWN_PRISMA.has(code);
  return DOWN_WORDS.has(error.message);
}
