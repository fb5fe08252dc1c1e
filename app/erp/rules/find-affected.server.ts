import { detectVariationAxis } from "#app/erp/catalog/detect-variation-axis.ts";
import type { Db } from "#app/lib/db.server.ts";
import type { FollowedSetting } from "#app/settings/followed-settings.ts";
import type { LoadedSettings } from "#app/settings/load-settings.server.ts";
import { normalisePaymentText } from "#app/settings/match-gateway.ts";

type Asked = { shop: string; settings: LoadedSettings; now: Date };
type Finder = (db: Db, asked: Asked) => Promise<string[]>;

/** Payment rules are judged order by order: `findPaymentChanges`. */
export type AskedSetting = Exclude<FollowedSetting, "paymentRules">;

const orders = async (db: Db, condition: string, values: readonly unknown[]): Promise<string[]> => {
  const { rows } = await db.query<{ id: string }>(
    `select "shopifyOrderId" as id from "Order" where shop = $1 and (${condition}) order by id`,
    [...values],
  );
  return rows.map(({ id }) => id);
};

const MONEY_HOLD = `holds @> '[{"kind": "money_difference"}]'`;
const ANY_DIFFERENCE = [
  ...["moneyDifference", "presentmentMoneyDifference", "currentMoneyDifference"],
  ...["presentmentCurrentMoneyDifference", "paymentDifference", "presentmentPaymentDifference"],
]
  .map((column) => `"${column}" <> 0`)
  .join(" or ");

/** A COD order's hold names the tags that release it, so each such hold is told anew; so is each order that has to wait now. */
const findUnconfirmed: Finder = async (db, { shop, settings: { codConfirmation } }) => {
  const { rows } = await db.query<{ id: string; tags: string[]; held: boolean }>(
    `select "shopifyOrderId" as id, tags, holds @> '[{"kind": "cod_unconfirmed"}]' as held
       from "Order" where shop = $1 and "paymentMethod" = 'COD' and not "isHistory" and not test order by id`,
    [shop],
  );
  const confirmed = new Set(codConfirmation.confirmedTags.map(normalisePaymentText));
  const mustWait = (tags: string[]) =>
    codConfirmation.required && !tags.some((tag) => confirmed.has(normalisePaymentText(tag)));
  return rows.filter(({ tags, held }) => held || mustWait(tags)).map(({ id }) => id);
};

/** Products of which another option makes the variations now. */
const findOtherAxes: Finder = async (db, { shop, settings: { colourSynonyms } }) => {
  const { rows } = await db.query<{ id: string; axis: string | null; names: string[] }>(
    `select distinct variation."shopifySourceProductId" as id, variation.axis, jsonb_path_query_array(sku.options, '$[*].name') as names
       from "Variation" variation join "Sku" sku on sku.shop = variation.shop and sku."variationId" = variation.id
      where variation.shop = $1 and variation."shopifySourceProductId" is not null and variation."archivedAt" is null
        and not sku."isPlaceholder"`,
    [shop],
  );
  const changed = rows.filter(({ axis, names }) => detectVariationAxis(names, colourSynonyms) !== axis);
  return [...new Set(changed.map(({ id }) => id))].sort();
};

/** Which entries are no longer as a setting says, by what was computed of them. Asked again after half was woken, the half is left. */
const finders: Record<AskedSetting, Finder> = {
  cutOverAt: (db, { shop, settings }) =>
    orders(db, `"isHistory" <> coalesce("shopifyCreatedAt" < $2::timestamptz, false)`, [
      ...[shop, settings.cutOverAt],
    ]),
  holdOnMoneyDifference: (db, { shop, settings }) =>
    settings.holdOnMoneyDifference
      ? orders(db, `not "isHistory" and not test and (${ANY_DIFFERENCE}) and not ${MONEY_HOLD}`, [shop])
      : orders(db, MONEY_HOLD, [shop]),
  codConfirmation: findUnconfirmed,
  // Whole amounts too: what several parcels share is rounded for each.
  roundRupees: (db, { shop }) =>
    orders(
      db,
      `"paymentMethod" = 'COD' and "presentmentCurrency" = 'INR' and "cancelledAt" is null
         and ("presentmentOutstandingAmount" > 0 or "amountToCollect" > 0
           or exists (select from "ErpFact" fact
                       where fact.shop = $1 and fact."shopifyOrderId" = "Order"."shopifyOrderId" and fact.kind = 'receipt'))`,
      [shop],
    ),
  deliveryUnknownAfterDays: async (db, { shop, settings, now }) => {
    const { rows } = await db.query<{ id: string }>(
      `with silent as (select $2::timestamptz - make_interval(days => $3) as since)
       select distinct "shopifyOrderId" as id from "Parcel", silent
        where shop = $1 and case when state = 'delivery_unknown' then "newsAt" >= since
                            else state in ('handed_over', 'in_transit', 'out_for_delivery') and "newsAt" < since end
        order by id`,
      [shop, now, settings.deliveryUnknownAfterDays],
    );
    return rows.map(({ id }) => id);
  },
  colourSynonyms: findOtherAxes,
};

/** What these settings make of records that were computed by others: ids of orders, for the colour's names those of Shopify's products. */
export async function findAffected(db: Db, setting: AskedSetting, asked: Asked): Promise<string[]> {
  return finders[setting](db, asked);
}
