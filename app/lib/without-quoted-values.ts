/** SQLSTATE (PostgreSQL's errcodes): a class of digits, or one of its four with letters. `EPERM` is none. */
const SQL_STATE = /^(?:\d[\dA-Z]|F0|HV|P0|XX)[\dA-Z]{3}$/;

/** Whether this is the code of an error of the database. */
export function isSqlState(code: unknown): boolean {
  return typeof code === "string" && SQL_STATE.test(code);
}

/** Fields of a database's error that quote rows ("Key (email)=(…) already exists"), statements or what led there. */
export const QUOTING_FIELDS: ReadonlySet<string> = new Set([
  ...["detail", "where", "hint", "internalQuery", "query", "parameters"],
]);

/** Fields whose values a message may name: they are the schema's, never a person's. */
const NAMING_FIELDS = ["schema", "table", "column", "constraint", "dataType"] as const;

/** In the quotation marks of every language PostgreSQL speaks: what it writes depends on the server's `lc_messages`. */
const QUOTE = /["„“”«»]/;
const LAST_QUOTE = /["„“”«»][^"„“”«»]*$/;

/**
 * A message of the database without what it quotes: `invalid input syntax for type uuid: "…"`. Names of the schema that the
 * error tells anyway stay. From the first other quotation mark to the last one everything goes, for a value may hold marks itself.
 */
export function withoutQuotedValues(message: string, error: object): string {
  const names = NAMING_FIELDS.map((field) => (error as Record<string, unknown>)[field])
    .filter((name) => typeof name === "string" && name !== "")
    .map((name) => `"${String(name)}"`);
  const from = firstQuoted(message, names);
  if (from === -1) return message;
  const last = message.search(LAST_QUOTE);
  return `${message.slice(0, from)}"[redacted]"${last > from ? message.slice(last + 1) : ""}`;
}

/** Where the first mark stands that does not open the name of something in the schema; -1 where there is none. */
function firstQuoted(message: string, names: readonly string[]): number {
  for (let at = 0; at < message.length; at++) {
    const name = names.find((one) => message.startsWith(one, at));
    if (name !== undefined) at += name.length - 1;
    else if (QUOTE.test(message[at] ?? "")) return at;
  }
  return -1;
}
