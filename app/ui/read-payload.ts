import { parseJson, type JsonNode } from "./parse-json.ts";

/** A kept payload as it can be shown. */
export type ShownPayload =
  | { kind: "json"; root: JsonNode }
  /** No JSON: its text, control characters as escapes. */
  | { kind: "text"; text: string }
  /** No text: bytes, sixteen a line, with the letters among them. */
  | { kind: "bytes"; lines: string[]; count: number };

/** How the cache marks bytes that are no text. */
const BYTES = "base64:";
const A_LINE = 16;

/** Nothing that came is unreadable to a person: what is no JSON is shown as text, what is no text as bytes. */
export function readPayload(raw: string): ShownPayload {
  const root = parseJson(raw);
  if (root) return { kind: "json", root };
  const bytes = raw.startsWith(BYTES) ? bytesOf(raw.slice(BYTES.length)) : null;
  if (bytes) return { kind: "bytes", lines: hexLines(bytes), count: bytes.length };
  return { kind: "text", text: escaped(raw) };
}

/** Control characters but line ends and tabs, and halves of characters, by their numbers. */
function escaped(text: string): string {
  return text.replaceAll(
    /(?![\n\t])\p{Cc}|\p{Cs}/gu,
    (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function bytesOf(base64: string): Uint8Array | null {
  try {
    return Uint8Array.from(atob(base64), (one) => one.charCodeAt(0));
  } catch {
    return null;
  }
}

function hexLines(bytes: Uint8Array): string[] {
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += A_LINE) {
    const part = [...bytes.subarray(at, at + A_LINE)];
    const hex = part.map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
    const letters = part.map((byte) => (byte > 31 && byte < 127 ? String.fromCharCode(byte) : "·")).join("");
    lines.push(`${at.toString(16).padStart(6, "0")}  ${hex.padEnd(A_LINE * 3)} ${letters}`);
  }
  return lines;
}
