import type { Db } from "#app/lib/db.server.ts";

/** Writes down in the caller's transaction who decided what about the catalogue. */
export async function recordAudit(
  tx: Db,
  {
    shop,
    actor,
    action,
    target,
    details,
    now,
  }: { shop: string; actor: string; action: string; target: string; details: object; now: Date },
): Promise<void> {
  await tx.query(
    `insert into "AuditLog" (shop, at, actor, action, target, details) values ($1, $2, $3, $4, $5, $6)`,
    [shop, now, actor, action, target, JSON.stringify(details)],
  );
}
