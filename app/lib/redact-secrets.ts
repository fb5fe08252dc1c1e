import { isSqlState, QUOTING_FIELDS, withoutQuotedValues } from "./without-quoted-values.ts";

const SECRET_NAME = /token|authorization|hmac|secret|password|cookie|signature|api_?key|email|phone/i;

/** Secrets and people's addresses as they look inside free text, with what is kept of each. */
const SECRET_TEXTS: [RegExp, string][] = [
  [/\b(shp(?:at|ca|pa|ss|ua|rt)|atkn|prtapi)_[A-Za-z0-9_-]+/g, "$1_[redacted]"],
  [/\b(Bearer|Basic)\s+[A-Za-z0-9._~+/=-]+/gi, "$1 [redacted]"],
  [/\beyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*/g, "[redacted]"],
  [/([?&](?:id_token|session|hmac|code|access_token)=)[^&\s"]+/gi, "$1[redacted]"],
  [/(\w+:\/\/[^\s:/@"]+):[^\s@/"]+@/g, "$1:[redacted]@"],
  [/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, "[redacted]"],
  [/\+\d[\d -]{8,14}\d\b/g, "[redacted]"],
];

/** Text for the log: tokens, session JWTs, passwords in URLs, e-mail addresses and phone numbers are gone. */
export function redactText(text: string): string {
  return SECRET_TEXTS.reduce((result, [pattern, kept]) => result.replaceAll(pattern, kept), text);
}

/** More than this is not a log line: an object that drags the half program along is cut off. */
const MAX_VALUES = 500;

/**
 * A copy of `value` fit for the log: whatever stands under a telling name (token, hmac, email, phone, …) is
 * `[redacted]` at any depth, texts are redacted, errors become plain objects with their causes. Of an error of the
 * database what quotes rows or values is left out; code, table, column and constraint tell enough. Of other classes (a
 * connection, a request) only the name stays.
 */
export function redactSecrets(value: unknown): unknown {
  return new Redaction().copy(value);
}

class Redaction {
  #count = 0;

  copy(value: unknown): unknown {
    if (typeof value === "string") return redactText(value);
    if (typeof value === "bigint") return String(value);
    if (typeof value === "function") return "[function]";
    if (typeof value !== "object" || value === null || value instanceof Date) return value;
    if (++this.#count > MAX_VALUES) return "[cut off]";
    if (Array.isArray(value)) return value.map((item) => this.copy(item));
    if (value instanceof URL) return redactText(value.href);
    if (value instanceof Error) return this.#copyError(value);
    const prototype = Object.getPrototypeOf(value) as { constructor?: { name?: string } } | null;
    const isPlain = prototype === null || prototype === Object.prototype;
    return isPlain ? this.#copyEntries(value) : `[${prototype.constructor?.name ?? "object"}]`;
  }

  #copyError(error: Error): Record<string, unknown> {
    const { message, stack } = wordsOf(error);
    return {
      type: error.name,
      message: redactText(message),
      stack: redactText(stack),
      ...(error.cause === undefined ? {} : { cause: this.copy(error.cause) }),
      ...this.#copyEntries(error),
    };
  }

  #copyEntries(object: object): Record<string, unknown> {
    const isOfDatabase = tellsSqlState(object);
    return Object.fromEntries(
      Object.entries(object).flatMap(([name, value]): [string, unknown][] => {
        if (isOfDatabase && QUOTING_FIELDS.has(name)) return [];
        if (isOfDatabase && MESSAGES.has(name) && typeof value === "string")
          return [[name, redactText(withoutQuotedValues(value, object))]];
        const tellsNothing =
          value === null || value === undefined || typeof value === "boolean" || value instanceof Date;
        return [[name, SECRET_NAME.test(name) && !tellsNothing ? "[redacted]" : this.copy(value)]];
      }),
    );
  }
}

/** Where a database's words stand in a plain object: Prisma hands its driver's error on as one, under names of its own. */
const MESSAGES = new Set(["message", "originalMessage"]);

function tellsSqlState(object: object): boolean {
  const { code, originalCode } = object as { code?: unknown; originalCode?: unknown };
  return isSqlState(code) || isSqlState(originalCode);
}

/** Message and stack of an error. Prisma's own messages repeat the database's, and so may those of whoever caught one. */
function wordsOf(error: Error): { message: string; stack: string } {
  const { message, stack = "", cause } = error;
  const repeats = error.name.startsWith("PrismaClient") || (cause instanceof Object && tellsSqlState(cause));
  if (!repeats && !tellsSqlState(error)) return { message, stack };
  const safe = withoutQuotedValues(message, error);
  const frames = stack.slice(stack.lastIndexOf(message) + message.length).split("\n");
  return { message: safe, stack: [`${error.name}: ${safe}`, ...frames.filter(isFrame)].join("\n") };
}

function isFrame(line: string): boolean {
  return /^\s+at /.test(line);
}
