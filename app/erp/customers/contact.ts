export const CONTACT_FIELDS = ["email", "phone", "firstName", "lastName"] as const;
export type ContactField = (typeof CONTACT_FIELDS)[number];

/** What somebody told of a field. */
export type Told = {
  value: string | null;
  /** When it was true: ISO, UTC; null when unknown, which is older than anything. */
  at: string | null;
  /** Told by the customer's own payload, not by an order. */
  own: boolean;
};

/** Name, email and phone as far as they were told; a field that is not there was told by nobody. */
export type Contact = { readonly [Field in ContactField]?: Told };

/** The newest that anybody told, field by field; the order in which they told cannot matter. */
export function newestContact(contacts: Iterable<Contact>): Contact {
  const newest: { [Field in ContactField]?: Told } = {};
  for (const contact of contacts)
    for (const field of CONTACT_FIELDS) {
      const told = contact[field];
      const known = newest[field];
      if (told !== undefined && (known === undefined || goesBefore(told, known))) newest[field] = told;
    }
  return newest;
}

/** By time; at one moment the customer's own payload, then, so that the order is total, the text. */
function goesBefore(a: Told, b: Told): boolean {
  if (a.at !== b.at) return (a.at ?? "") > (b.at ?? "");
  if (a.own !== b.own) return a.own;
  return (a.value ?? "") > (b.value ?? "");
}
