import type { Db } from "#app/lib/db.server.ts";

/**
 * A new customer's own payload and first order arrive at the same moment, and each must see what the
 * other did: the payload makes no record before there is an order, and the order makes the record
 * poorer than the payload would. So whoever makes records from orders holds "create" (any number at a
 * time), and whoever leaves a payload without a record holds "leave" (alone), until its transaction
 * ends. Take it before locking or writing any customer, then read.
 */
export async function lockCustomerCreation(
  tx: Db,
  { shop, to }: { shop: string; to: "create" | "leave" },
): Promise<void> {
  const lock = to === "create" ? "pg_advisory_xact_lock_shared" : "pg_advisory_xact_lock";
  await tx.query(`select ${lock}(hashtextextended('customer-creation:' || $1, 0))`, [shop]);
}
