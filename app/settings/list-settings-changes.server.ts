import type { Db } from "#app/lib/db.server.ts";

/** One setting that was saved; lists are told by how many they were and are: rules are many, contacts private. */
export type ChangedSetting = { name: string; from: unknown; to: unknown };
/** Who saved which settings, and when. */
export type SettingsChange = { at: Date; actor: string; changes: ChangedSetting[] };

type Change = { from: unknown; to: unknown };

/** The last changes of a shop's settings, the newest first; with `name` only those of one setting. */
export async function listSettingsChanges(
  db: Db,
  { shop, limit = 10, name }: { shop: string; limit?: number; name?: string },
): Promise<SettingsChange[]> {
  const { rows } = await db.query<{
    at: Date;
    actor: string;
    details: Record<string, Change>;
    rules: Change;
  }>(
    `select at, actor, details - 'paymentRules' as details, json_build_object(
         'from', jsonb_array_length(details->'paymentRules'->'from'),
         'to', jsonb_array_length(details->'paymentRules'->'to')) as rules
       from "AuditLog"
      where shop = $1 and action = 'settings.save' and ($3::text is null or details ? $3)
      order by at desc, id desc limit $2`,
    [shop, limit, name ?? null],
  );
  return rows.map(({ at, actor, details, rules }) => ({
    ...{ at, actor },
    changes: [
      ...(rules.to === null ? [] : [{ name: "paymentRules", ...rules }]),
      ...Object.entries(details).flatMap(([setting, change]) => partsOf(setting, change)),
    ],
  }));
}

/** A group by its parts that changed ("codConfirmation.required"). */
function partsOf(name: string, { from, to }: Change): ChangedSetting[] {
  if (!isGroup(from) || !isGroup(to)) return [{ name, from: countOf(from), to: countOf(to) }];
  return Object.keys(to)
    .filter((key) => JSON.stringify(from[key]) !== JSON.stringify(to[key]))
    .map((key) => ({ name: `${name}.${key}`, from: countOf(from[key]), to: countOf(to[key]) }));
}

const countOf = (value: unknown): unknown => (Array.isArray(value) ? value.length : value);
const isGroup = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
