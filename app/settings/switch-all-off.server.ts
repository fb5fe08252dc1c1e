import type { Db } from "#app/lib/db.server.ts";
import { recordAudit } from "#app/lib/record-audit.server.ts";

/**
 * Switches every kind of write-back off, in the caller's transaction, and writes down which were on: whoever has the app again looks
 * at what would be sent as for the first time. Also where the other settings cannot be read.
 * @returns the kinds that were on
 */
export async function switchAllOff(
  tx: Db,
  { shop, actor, now }: { shop: string; actor: string; now: Date },
): Promise<string[]> {
  const { rows } = await tx.query<{ on: string[] }>(
    `select array(select kind.key from jsonb_each(case when jsonb_typeof(settings->'writeBack') = 'object'
         then settings->'writeBack' else '{}' end) as kind where kind.value = 'true' order by 1) as on
       from "Shop" where shop = $1 for update`,
    [shop],
  );
  const on = rows[0]?.on ?? [];
  if (on.length === 0) return [];
  await tx.query(`update "Shop" set settings = settings - 'writeBack', "updatedAt" = $2 where shop = $1`, [
    shop,
    now,
  ]);
  const [from, to] = [true, false].map((is) => Object.fromEntries(on.map((kind) => [kind, is])));
  await recordAudit(tx, {
    ...{ shop, actor, now, action: "settings.save", target: null },
    details: { writeBack: { from, to } },
  });
  return on;
}
