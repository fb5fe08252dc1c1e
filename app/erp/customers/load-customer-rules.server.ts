import type { Db } from "#app/lib/db.server.ts";
import { loadSettings } from "#app/settings/load-settings.server.ts";
import { countryOfCurrency } from "./country-of-currency.ts";
import { normaliseEmail, normalisePhone } from "./normalise-contact.ts";

/** What a shop's settings say about telling customers apart. */
export type CustomerRules = {
  /** ISO 3166-1 alpha-2 of phone numbers without a country code. */
  country: string;
  /** Emails (lower case) and phones (E.164) that many people share. */
  ignored: ReadonlySet<string>;
};

export async function loadCustomerRules(db: Db, { shop }: { shop: string }): Promise<CustomerRules> {
  const { ignoredContacts } = await loadSettings(db, { shop });
  const { rows } = await db.query<{ currency: string | null }>(
    `select currency from "Shop" where shop = $1`,
    [shop],
  );
  const country = countryOfCurrency(rows[0]?.currency ?? null);
  const emails = ignoredContacts.emails.map(normaliseEmail);
  const phones = ignoredContacts.phones.map((phone) => normalisePhone(phone, country));
  return { country, ignored: new Set([...emails, ...phones].filter((address) => address !== null)) };
}
