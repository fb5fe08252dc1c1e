import type { Db } from "./db.server.ts";

/** What an action begins with that was a call of the API, whatever it did; every other action is somebody's decision. */
export const API_CALL = "api.";

/** Who did what to what; `target` is null where the action is about the shop as a whole. */
export type AuditEntry = {
  shop: string;
  actor: string;
  action: string;
  target: string | null;
  details: object;
  now: Date;
};

/** Writes down in the caller's transaction who decided what: the decision and its record, or neither. */
export async function recordAudit(
  tx: Db,
  { shop, actor, action, target, details, now }: AuditEntry,
): Promise<void> {
  await tx.query(
    `insert into "AuditLog" (shop, at, actor, action, target, details) values ($1, $2, $3, $4, $5, $6)`,
    [shop, now, actor, action, target, JSON.stringify(details)],
  );
}
