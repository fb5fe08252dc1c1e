import type { Pool } from "pg";
import { z } from "zod";

import { inTransaction, type Db } from "#app/lib/db.server.ts";
import { AppError } from "#app/lib/errors.ts";
import { recordAudit } from "#app/lib/record-audit.server.ts";

import { makeFetchesDue } from "./make-fetches-due.server.ts";

/** Body of the topic app/scopes_update: its `id` is the app's, not a record's (Shopify's webhook reference). */
const ScopesUpdate = z.object({
  previous: z.array(z.string()),
  current: z.array(z.string()),
  updated_at: z.iso.datetime({ offset: true }),
});

/** `applied`; `older` than what is known; `unknown`: no such shop. */
export type ScopesOutcome = "applied" | "older" | "unknown";

const AUDIT_ACTION = "app.scopes_updated";

/**
 * Follows what Shopify tells about the app's permissions, in whatever order it comes: the newest by its own time
 * stands. Queries are built from what is granted when they are built, so a permission taken away needs nothing more;
 * one that is new makes due what could not be fetched, or only in part, without it. Each change is audited once.
 * Throws PAYLOAD_UNREADABLE.
 */
export async function recordScopes(
  pool: Pool,
  { shop, body, now }: { shop: string; body: unknown; now: Date },
): Promise<ScopesOutcome> {
  const read = ScopesUpdate.safeParse(body);
  if (!read.success) {
    const issue = read.error.issues[0];
    throw new AppError(
      "PAYLOAD_UNREADABLE",
      `${issue?.path.join(".") ?? ""}: ${issue?.message ?? "not the body of app/scopes_update"}`,
    );
  }
  const { previous, current } = read.data;
  const at = new Date(read.data.updated_at);
  const granted = current.filter((scope) => !previous.includes(scope));
  const taken = previous.filter((scope) => !current.includes(scope));

  return inTransaction(pool, async (tx) => {
    const known = await lockScopes(tx, shop);
    if (!known) return "unknown";
    const isNewer = known.scopesAt === null || known.scopesAt < at;
    if (isNewer) {
      await tx.query(`update "Shop" set scopes = $2, "scopesAt" = $3, "updatedAt" = $4 where shop = $1`, [
        ...[shop, current, at, now],
      ]);
    }
    if (await isAudited(tx, shop, at)) return isNewer ? "applied" : "older";
    await recordAudit(tx, {
      ...{ shop, actor: "shopify", action: AUDIT_ACTION, target: null, now },
      details: { granted, taken, updatedAt: at.toISOString(), applied: isNewer },
    });
    // Also when somebody opened the app before this came: then the scopes are known, and nothing was woken for them.
    const standing = isNewer ? current : known.scopes;
    if (known.isInstalled && granted.some((scope) => standing.includes(scope)))
      await makeFetchesDue(tx, shop);
    return isNewer ? "applied" : "older";
  });
}

async function lockScopes(tx: Db, shop: string) {
  const { rows } = await tx.query<{ scopes: string[]; scopesAt: Date | null; isInstalled: boolean }>(
    `select scopes, "scopesAt", "uninstalledAt" is null as "isInstalled" from "Shop" where shop = $1 for update`,
    [shop],
  );
  return rows[0];
}

async function isAudited(tx: Db, shop: string, at: Date): Promise<boolean> {
  const { rowCount } = await tx.query(
    `select from "AuditLog" where shop = $1 and action = $2 and details->>'updatedAt' = $3 limit 1`,
    [shop, AUDIT_ACTION, at.toISOString()],
  );
  return (rowCount ?? 0) > 0;
}
