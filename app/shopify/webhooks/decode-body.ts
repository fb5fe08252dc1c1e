/** A body as text and as the JSON object in it, or why it is neither, in words safe to log. */
export type DecodedBody = { raw: string; record: Readonly<Record<string, unknown>> } | { problem: string };

/**
 * Reads the bytes of a delivery. Only what PostgreSQL can keep as text and what is a JSON object becomes a record.
 * The words never quote the body: they end up in logs, which redaction does not reach.
 */
export function decodeBody(body: Uint8Array): DecodedBody {
  if (body.length === 0) return { problem: "The body is empty" };
  if (body.includes(0)) return { problem: "The body holds a NUL byte" };
  let raw: string;
  try {
    raw = new TextDecoder("utf-8", { fatal: true }).decode(body);
  } catch {
    return { problem: "The body is not UTF-8" };
  }
  let value: unknown;
  try {
    value = JSON.parse(raw);
  } catch {
    return { problem: "The body is not JSON" };
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return { problem: "The body is JSON, but not an object" };
  return { raw, record: value as Record<string, unknown> };
}
