import { randomUUID } from "node:crypto";

import type { Db } from "#app/lib/db.server.ts";

import { notifyOutbox } from "./notify-outbox.server.ts";
import type { OutboxIntent } from "./outbox-intent.ts";

/**
 * Writes intents in the caller's transaction: what is committed will be sent once its kind is on, what is rolled back never was. Each
 * gets a key of its own that stays the same however often it is tried.
 * @returns their ids, in order
 */
export async function enqueueIntents(
  tx: Db,
  { shop, intents, actor, now }: { shop: string; intents: readonly OutboxIntent[]; actor: string; now: Date },
): Promise<string[]> {
  if (intents.length === 0) return [];
  const { rows } = await tx.query<{ id: string }>(
    `insert into "Outbox" (shop, id, kind, entity, "entityId", payload, "idempotencyKey", actor, "createdAt")
     select $1, gen.id, u.kind, u.entity, u."entityId", u.payload::jsonb, u.key, $2, $3
       from unnest($4::text[], $5::text[], $6::text[], $7::text[], $8::text[]) with ordinality
            as u(kind, entity, "entityId", payload, key, place),
            lateral (select gen_random_uuid()::text as id where u.place > 0) gen
      order by u.place
     returning id`,
    [
      ...[shop, actor, now],
      intents.map(({ kind }) => kind),
      intents.map(({ entity }) => entity),
      intents.map(({ entityId }) => entityId),
      intents.map(({ payload }) => JSON.stringify(payload)),
      intents.map(() => randomUUID()),
    ],
  );
  await notifyOutbox(tx);
  return rows.map(({ id }) => id);
}
