import { isUtf8 } from "node:buffer";
import { hash } from "node:crypto";
import { toMicros } from "#app/lib/dates.ts";
import { storableText } from "#app/lib/storable-text.ts";
import type { IncomingPayload, PreparedPayload } from "./payload.ts";

/**
 * A payload made ready to be stored. Whatever is wrong with it must not keep the other 499 of its batch out of the
 * database (law 6): times nobody can read count as unknown, and bytes that are no text are kept in base64, which no codec
 * can read either — the entry then fails by itself, with nothing of it lost.
 */
export function preparePayload(payload: IncomingPayload): PreparedPayload {
  const stamp = {
    shape: payload.shape,
    updatedAtMicros: readableMicros(payload.shopifyUpdatedAt),
    triggeredAtMicros: readableMicros(payload.triggeredAt),
    // 132 bits of SHA-256: enough to tell contents apart, half the bytes of the whole.
    contentHash: hash("sha256", payload.raw, "base64url").slice(0, 22),
  };
  const header: Record<string, string | null> = {};
  for (const [column, value] of Object.entries(payload.header ?? {}))
    header[column] = value === null ? null : storableText(value);
  return {
    ...payload,
    raw: storableRaw(payload.raw),
    shopifyUpdatedAt: stamp.updatedAtMicros === null ? null : isoOf(stamp.updatedAtMicros),
    triggeredAt: stamp.triggeredAtMicros === null ? null : isoOf(stamp.triggeredAtMicros),
    header,
    stamp,
  };
}

function storableRaw(raw: string | Buffer): string | Buffer {
  const storable =
    typeof raw === "string" ? !raw.includes("\u0000") && raw.isWellFormed() : !raw.includes(0) && isUtf8(raw);
  return storable ? raw : `base64:${Buffer.from(raw).toString("base64")}`;
}

/** Past these a time is a mistake, and PostgreSQL would refuse some of them. */
const FIRST_YEAR_MICROS = Date.UTC(1970, 0) * 1000;
const LAST_YEAR_MICROS = Date.UTC(2200, 0) * 1000;

function readableMicros(iso: string | null): number | null {
  try {
    const micros = toMicros(iso);
    return micros !== null && micros >= FIRST_YEAR_MICROS && micros < LAST_YEAR_MICROS ? micros : null;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function isoOf(micros: number): string {
  const seconds = Math.floor(micros / 1_000_000);
  const fraction = String(micros - seconds * 1_000_000).padStart(6, "0");
  return `${new Date(seconds * 1000).toISOString().slice(0, 19)}.${fraction}Z`;
}
