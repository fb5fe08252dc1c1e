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

/**
 * A copy of `value` fit for the log: whatever stands under a telling name (token, hmac, email, phone, …) is
 * `[redacted]` at any depth, texts are redacted, errors become plain objects with their causes.
 */
export function redactSecrets(value: unknown, depth = 0): unknown {
  if (typeof value === "string") return redactText(value);
  if (typeof value === "bigint") return String(value);
  if (typeof value !== "object" || value === null || value instanceof Date) return value;
  if (depth > 8) return "[too deep]";
  if (Array.isArray(value)) return value.map((item) => redactSecrets(item, depth + 1));
  const entries = Object.entries(value).map(
    ([name, item]) => [name, redactEntry(name, item, depth)] as const,
  );
  if (!(value instanceof Error)) return Object.fromEntries(entries);
  return {
    type: value.name,
    message: redactText(value.message),
    stack: redactText(value.stack ?? ""),
    ...(value.cause === undefined ? {} : { cause: redactSecrets(value.cause, depth + 1) }),
    ...Object.fromEntries(entries),
  };
}

function redactEntry(name: string, value: unknown, depth: number): unknown {
  const tellsNothing =
    value === null || value === undefined || typeof value === "boolean" || value instanceof Date;
  return SECRET_NAME.test(name) && !tellsNothing ? "[redacted]" : redactSecrets(value, depth + 1);
}
