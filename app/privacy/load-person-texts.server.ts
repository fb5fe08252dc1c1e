import type { Db } from "#app/lib/db.server.ts";
import { parseObject } from "#app/shopify/codecs/forget-order-person.ts";
import {
  addTextsOfContact,
  addTextsOfOrder,
  noPersonTexts,
  type PersonTexts,
} from "#app/shopify/codecs/person-texts.ts";
import { loadWaitingBodies } from "./find-person.server.ts";
import type { Person } from "./person.ts";

/** All texts by which the person can be told, from every copy that is about to be emptied. */
export async function loadPersonTexts(
  db: Db,
  { shop, customerIds, orderIds, email, phone }: Person & { email: string | null; phone: string | null },
): Promise<PersonTexts> {
  const texts = noPersonTexts();
  addTextsOfContact(texts, { email, phone });
  const contacts = await db.query<{ contact: unknown }>(
    `SELECT to_jsonb(c) AS contact FROM "Customer" c WHERE shop = $1 AND "shopifyCustomerId" = ANY($2)
     UNION ALL SELECT jsonb_build_object('email', "customerEmail", 'phone', "customerPhone", 'name', "customerName",
       'addresses', jsonb_build_array("shippingAddress", "billingAddress"))
       FROM "Order" WHERE shop = $1 AND "shopifyOrderId" = ANY($3)`,
    [shop, customerIds, orderIds],
  );
  for (const { contact } of contacts.rows) addTextsOfContact(texts, contact);
  for (const kind of ["customer", "order"] as const) {
    const table = kind === "order" ? "ShopifyOrderCache" : "ShopifyCustomerCache";
    const { rows } = await db.query<{ raw: string }>(
      `SELECT "rawData" AS raw FROM "${table}" WHERE shop = $1 AND id = ANY($3)
       UNION ALL SELECT "rawData" FROM "ShopifyCacheSlot" WHERE shop = $1 AND kind = $2 AND id = ANY($3)
       UNION ALL SELECT "rawData" FROM "ShopifyPayloadHistory" WHERE shop = $1 AND kind = $2 AND id = ANY($3)`,
      [shop, kind, kind === "order" ? orderIds : customerIds],
    );
    const add = kind === "order" ? addTextsOfOrder : addTextsOfContact;
    for (const { raw } of rows) add(texts, parseObject(raw));
  }
  for (const { text } of await loadWaitingBodies(db, { shop, orderIds }))
    addTextsOfOrder(texts, parseObject(text));
  return texts;
}
