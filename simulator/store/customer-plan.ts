import { drawAddress } from "./address.ts";
import type { Address } from "./address.ts";
import { drawEmail, drawPerson, drawPhone, normalPhone } from "./people.ts";
import type { Person } from "./people.ts";
import { RecordRandom, STREAM } from "./random.ts";

export type CustomerPlan = {
  person: Person;
  email: string | null;
  /** As typed at the checkout; the customer record keeps it in E.164. */
  typedPhone: string | null;
  phone: string | null;
  addresses: Address[];
  random: RecordRandom;
};

/** Addresses many customers share: whoever took the order by phone typed the shop's own. */
const SHARED_EMAILS = ["noemail@nazrana.example", "orders@nazrana.example"] as const;

export function planCustomer(seed: number, c: number): CustomerPlan {
  const random = new RecordRandom(seed, STREAM.customer, c);
  const person = drawPerson(random);
  const how = random.next();
  const own = drawEmail(random, person, c);
  const email =
    how < 0.12
      ? null
      : how < 0.16
        ? random.pick(SHARED_EMAILS)
        : how < 0.2
          ? `${own.charAt(0).toUpperCase()}${own.slice(1)}`
          : own;
  const typedPhone = random.chance(0.08) ? null : drawPhone(random);
  const count = random.weighted([
    [1, 80],
    [2, 14],
    [3, 4],
    [0, 2],
  ]);
  const addresses = Array.from({ length: count }, () => drawAddress(random, person, typedPhone));
  return {
    person,
    email,
    typedPhone,
    phone: typedPhone === null ? null : normalPhone(typedPhone),
    addresses,
    random,
  };
}
