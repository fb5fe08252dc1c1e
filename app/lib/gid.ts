/**
 * Shopify's global ids: `gid://shopify/{Type}/{id}[?query]`. The only file that knows their form.
 * REST payloads give `admin_graphql_api_id` in the same form; ids above 2^53 are only exact there.
 */

const GID = /^gid:\/\/shopify\/([A-Za-z0-9]+)\/([^?/]+)(?:\?.*)?$/;

/** "gid://shopify/Order/42" → "42". @throws TypeError if it is no gid. */
export function idFromGid(gid: string): string {
  const id = GID.exec(gid)?.[2];
  if (id === undefined) throw new TypeError(`"${gid}" is not a Shopify id`);
  return id;
}

/** "gid://shopify/Order/42" → "Order". @throws TypeError if it is no gid. */
export function typeOfGid(gid: string): string {
  const type = GID.exec(gid)?.[1];
  if (type === undefined) throw new TypeError(`"${gid}" is not a Shopify id`);
  return type;
}

export function toGid(type: string, id: string): string {
  return `gid://shopify/${type}/${id}`;
}
