import { hash, randomBytes } from "node:crypto";
import type { Pool } from "pg";

import { inTransaction, type Db } from "#app/lib/db.server.ts";
import { AppError } from "#app/lib/errors.ts";
import { recordAudit } from "#app/lib/record-audit.server.ts";
import { uuidV7 } from "#app/lib/uuid-v7.ts";

import type { ApiScope } from "./api-scopes.ts";

/** What a key of ours begins with, so that whoever finds one knows what it is. */
export const API_KEY_PREFIX = "erpsync_";
/** So much of it is kept in the clear, for a person to tell keys apart. */
const SHOWN = API_KEY_PREFIX.length + 6;
const KEY_BYTES = 32;
const MOST_ACTIVE = 100;
/** The last use is written down at most this often. */
const USED_EVERY_SECONDS = 60;

/** A key as it is listed; the key itself is never kept. */
export type ApiKey = {
  id: string;
  name: string;
  /** Its first characters. */
  prefix: string;
  scopes: ApiScope[];
  createdBy: string;
  createdAt: Date;
  lastUsedAt: Date | null;
  revokedAt: Date | null;
};

/** Of whom a request is that bears a key. */
export type KeyHolder = { shop: string; id: string; scopes: ApiScope[] };

const columns = `id, name, prefix, scopes, "createdBy", "createdAt", "lastUsedAt", "revokedAt"`;

/**
 * Makes a key of a shop. `key` is in this answer and nowhere else: the database keeps its SHA-256, which is enough for 256
 * random bits.
 * @throws AppError VALIDATION when the shop has too many keys in use, NOT_FOUND for a shop without the app
 */
export async function createApiKey(
  pool: Pool,
  options: { shop: string; name: string; scopes: readonly ApiScope[]; createdBy: string; now: Date },
): Promise<ApiKey & { key: string }> {
  const { shop, name, scopes, createdBy, now } = options;
  const key = API_KEY_PREFIX + randomBytes(KEY_BYTES).toString("base64url");
  return inTransaction(pool, async (tx) => {
    const shops = await tx.query(
      `select from "Shop" where shop = $1 and "uninstalledAt" is null for no key update`,
      [shop],
    );
    if (shops.rowCount === 0) throw new AppError("NOT_FOUND", `${shop} has not installed the app.`);
    const active = await tx.query(`select from "ApiKey" where shop = $1 and "revokedAt" is null`, [shop]);
    if ((active.rowCount ?? 0) >= MOST_ACTIVE)
      throw new AppError("VALIDATION", `A shop has at most ${String(MOST_ACTIVE)} keys: revoke one first.`);
    const { rows } = await tx.query<ApiKey>(
      `insert into "ApiKey" (shop, id, name, "keyHash", prefix, scopes, "createdBy", "createdAt")
       values ($1, $2, $3, $4, $5, $6, $7, $8) returning ${columns}`,
      [shop, uuidV7(now.getTime()), name, hashOf(key), key.slice(0, SHOWN), [...scopes], createdBy, now],
    );
    const made = rows[0] as ApiKey;
    const details = { scopes: made.scopes };
    await recordAudit(tx, {
      shop,
      actor: createdBy,
      action: "api-key.create",
      target: made.id,
      details,
      now,
    });
    return { ...made, key };
  });
}

/** A shop's keys, the newest first, revoked ones too. */
export async function listApiKeys(db: Db, { shop }: { shop: string }): Promise<ApiKey[]> {
  const { rows } = await db.query<ApiKey>(
    `select ${columns} from "ApiKey" where shop = $1 order by "createdAt" desc, id desc`,
    [shop],
  );
  return rows;
}

/**
 * Ends a key at once; once more changes nothing.
 * @throws AppError NOT_FOUND
 */
export async function revokeApiKey(
  pool: Pool,
  { shop, id, revokedBy, now }: { shop: string; id: string; revokedBy: string; now: Date },
): Promise<ApiKey> {
  return inTransaction(pool, async (tx) => {
    const { rows } = await tx.query<ApiKey & { isNew: boolean }>(
      `update "ApiKey" k set "revokedAt" = coalesce(k."revokedAt", $3) from "ApiKey" before
       where k.shop = $1 and k.id = $2 and before.shop = k.shop and before.id = k.id
       returning ${columns.replaceAll(/(^|, )("?\w+"?)/g, "$1k.$2")}, before."revokedAt" is null as "isNew"`,
      [shop, id, now],
    );
    const [row] = rows;
    if (!row) throw new AppError("NOT_FOUND", `There is no API key ${id}.`);
    const { isNew, ...revoked } = row;
    if (isNew)
      await recordAudit(tx, {
        ...{ shop, actor: revokedBy, action: "api-key.revoke", target: id, details: {}, now },
      });
    return revoked;
  });
}

/**
 * Whose key this is; null for one that is unknown, revoked, or of a shop that has uninstalled the app. Found by its hash: what
 * an index compares tells nobody anything about the key.
 */
export async function findApiKey(
  db: Db,
  { key, now }: { key: string; now: Date },
): Promise<KeyHolder | null> {
  const { rows } = await db.query<KeyHolder & { isStale: boolean }>(
    `select k.shop, k.id, k.scopes, k."lastUsedAt" is null or k."lastUsedAt" < $2::timestamptz - make_interval(secs => $3) as "isStale"
     from "ApiKey" k join "Shop" s on s.shop = k.shop
     where k."keyHash" = $1 and k."revokedAt" is null and s."uninstalledAt" is null`,
    [hashOf(key), now, USED_EVERY_SECONDS],
  );
  const [row] = rows;
  if (!row) return null;
  const { isStale, ...holder } = row;
  if (isStale)
    await db.query(`update "ApiKey" set "lastUsedAt" = $3 where shop = $1 and id = $2`, [
      ...[holder.shop, holder.id, now],
    ]);
  return holder;
}

function hashOf(key: string): string {
  return hash("sha256", key, "hex");
}
