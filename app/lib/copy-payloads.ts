/**
 * COPY text for rows that end in a large payload: one buffer for the whole batch, the payloads' bytes copied into it
 * once, escaped on the way. Joining strings of 12 kB each took three times as long and left garbage behind.
 */
import { escapeCopyText } from "./copy-text.ts";

const BACKSLASH = 0x5c;
const TAB = 0x09;
const NEWLINE = 0x0a;
const RETURN = 0x0d;

/** One row: the columns before the payload as COPY text without the newline, and the payload, the last column. */
export type PayloadRow = { columns: string; payload: string | Buffer };

/** All rows as COPY text. */
export function encodePayloadRows(rows: readonly PayloadRow[]): Buffer {
  const ready = rows.map(({ columns, payload }) => {
    const bytes = escapeBreaks(payload);
    const backslashes = bytes === payload ? countBackslashes(bytes) : 0;
    return { columns, bytes, escape: backslashes > 0, length: bytes.length + backslashes };
  });
  const size = ready.reduce((sum, { columns, length }) => sum + Buffer.byteLength(columns) + length + 2, 0);
  const buffer = Buffer.allocUnsafe(size);
  let at = 0;
  for (const { columns, bytes, escape } of ready) {
    at += buffer.write(columns, at);
    buffer[at++] = TAB;
    at = escape ? copyDoublingBackslashes(bytes, buffer, at) : at + bytes.copy(buffer, at);
    buffer[at++] = NEWLINE;
  }
  return buffer;
}

/**
 * Text, and bytes with breaks in them (a webhook may be printed over several lines), are escaped whole; a line of a bulk
 * file has none, and its bytes come back as they are.
 */
function escapeBreaks(payload: string | Buffer): Buffer {
  if (typeof payload === "string") return Buffer.from(escapeCopyText(payload));
  if (!payload.includes(NEWLINE) && !payload.includes(RETURN) && !payload.includes(TAB)) return payload;
  return Buffer.from(escapeCopyText(payload.toString("utf8")));
}

function countBackslashes(bytes: Buffer): number {
  let count = 0;
  for (let i = bytes.indexOf(BACKSLASH); i !== -1; i = bytes.indexOf(BACKSLASH, i + 1)) count++;
  return count;
}

/** Returns where the copy ends. */
function copyDoublingBackslashes(bytes: Buffer, into: Buffer, at: number): number {
  let from = 0;
  for (let i = bytes.indexOf(BACKSLASH); i !== -1; i = bytes.indexOf(BACKSLASH, from)) {
    at += bytes.copy(into, at, from, i + 1);
    into[at++] = BACKSLASH;
    from = i + 1;
  }
  return at + bytes.copy(into, at, from);
}
