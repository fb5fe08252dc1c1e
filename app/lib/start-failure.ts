import { isDatabaseDown } from "./is-database-down.ts";

/** The environment of a process is not right: one error that lists all of it in words. */
export class BadEnvironment extends Error {
  override name = "BadEnvironment";
  readonly next = "Set these variables as docs/deploy.md says, and start it again.";

  constructor(problems: readonly string[]) {
    super(["The environment is not right:", ...problems.map((problem) => `  - ${problem}`)].join("\n"));
  }
}

/** PostgreSQL answers, but not to this user, with this password, for this database (SQLSTATE). */
const REFUSED_STATES: ReadonlySet<unknown> = new Set(["28000", "28P01", "3D000", "42501"]);
/** A table, a column or a schema that is not there. */
const NO_TABLE_STATES: ReadonlySet<unknown> = new Set(["42P01", "42703", "3F000"]);

const CHECK_DATABASE_URL = "in DATABASE_URL, then start it again.";

/**
 * Why a process does not start, and what to do, where whoever runs it can do something; null for a fault of our own, whose stack
 * says more than words.
 */
export function explainStartFailure(error: unknown): { words: string; next: string } | null {
  if (error instanceof BadEnvironment) return { words: error.message, next: error.next };
  if (!(error instanceof Error)) return null;
  const code = "code" in error ? error.code : undefined;
  const message = error.message || String(code);
  if ("syscall" in error && error.syscall === "listen") return explainListening(error, code);
  if (code === "ERR_MODULE_NOT_FOUND" && /build[/\\]server[/\\]index\.js'? /.test(message))
    return { words: "The app is not built.", next: "Run `npm run build`, then start it again." };
  if (isDatabaseDown(error))
    return {
      words: `The database does not answer: ${message}`,
      next: `Check that PostgreSQL runs, and host and port ${CHECK_DATABASE_URL}`,
    };
  if (REFUSED_STATES.has(code))
    return {
      words: `The database refuses: ${message}`,
      next: `Check user, password and database name ${CHECK_DATABASE_URL}`,
    };
  if (NO_TABLE_STATES.has(code))
    return {
      words: `The database has not the tables of this version: ${message}`,
      next: "Run `npm run db -- migrate` with the same DATABASE_URL, then start it again.",
    };
  return null;
}

function explainListening(error: Error, code: unknown): { words: string; next: string } {
  const port = "port" in error ? ` ${String(error.port)}` : "";
  if (code === "EADDRINUSE")
    return {
      words: `Something listens on port${port} already.`,
      next: "Stop it, or set PORT to another port.",
    };
  if (code === "EACCES")
    return {
      words: `This user may not listen on port${port}.`,
      next: "Set PORT to one above 1023, and let the proxy in front of it have the other.",
    };
  return {
    words: `It cannot listen on port${port}: ${error.message}`,
    next: "Check PORT and LISTEN_HOST.",
  };
}
