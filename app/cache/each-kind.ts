import { queuedKinds, type QueuedKind } from "./cache-tables.ts";

/**
 * SQL: the rows of one statement a kind, one after another. Each is a step of its own (a materialised CTE): as branches of a union
 * the planner takes them for dear enough to have them read by parallel workers, and starting those takes longer than the reading.
 */
export function eachKind(one: (kind: QueuedKind) => string): string {
  const steps = queuedKinds.map((kind) => `"${kind}" AS MATERIALIZED (${one(kind)})`);
  return `WITH ${steps.join(", ")} ${queuedKinds.map((kind) => `SELECT * FROM "${kind}"`).join(" UNION ALL ")}`;
}
