/** Orders with a second fulfilment order: every 25th, so that fulfilment orders can be counted without a table. */
export function hasTwoFulfillmentOrders(n: number): boolean {
  return n % 25 === 7;
}

/**
 * Where the fulfilment orders of all orders stand in one list, in order: every 25 orders have 26 of
 * them, since order 7 of each 25 has two.
 */
export function fulfillmentOrderCount(orders: number): number {
  return orders + Math.floor((orders + 17) / 25);
}

export function fulfillmentOrderPlace(index: number): { order: number; part: number } {
  const block = Math.floor(index / 26);
  const rest = index % 26;
  return rest <= 7
    ? { order: block * 25 + rest, part: 0 }
    : { order: block * 25 + rest - 1, part: rest === 8 ? 1 : 0 };
}

export function fulfillmentOrderIndex(order: number, part: number): number {
  const rest = order % 25;
  const first = Math.floor(order / 25) * 26 + (rest <= 7 ? rest : rest + 1);
  if (part > (hasTwoFulfillmentOrders(order) ? 1 : 0)) return -1;
  return first + part;
}
