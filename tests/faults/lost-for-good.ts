import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "vitest";
import { idFromGid } from "#app/lib/gid.ts";
import type { Act } from "#simulator/live/perform-act.ts";
import { RefusedAct } from "#simulator/live/refused-act.ts";
import type { Simulator } from "#simulator/start-simulator.ts";
import type { LivingShop } from "./living-shop.ts";

/** For five minutes a webhook may still be on its way: what the look-back brings then does not count as missed. */
const SIX_MINUTES_MS = 6 * 60_000;

/** The app answers what says of itself that it is no browser as a bot. */
const BROWSER = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0";

/**
 * A store of whose deliveries first half and then all are lost, with no further try, and six minutes go by.
 * @returns the orders that were placed, and are still there, while nothing arrived
 */
export async function loseDeliveries(living: LivingShop): Promise<string[]> {
  await living.live([{ kind: "webhook-lost", share: 0.5 }], () => sleep(2_500));
  const before = new Set(orderIds(living));
  await living.live([{ kind: "webhook-lost" }], async () => {
    await sleep(1_500);
    deleteUntold(living);
  });
  await living.app.letTimePass(SIX_MINUTES_MS);
  return orderIds(living).filter((id) => !before.has(id));
}

/** What no list of what changed shows, so that a look-back alone cannot find it: a product, an order and a stock level go. */
function deleteUntold({ simulator, told }: LivingShop): void {
  const gids = (field: string) => idsOf(simulator, field).reverse();
  const isDone = (act: Act) => {
    try {
      simulator.act(act);
      return true;
    } catch (error) {
      if (error instanceof RefusedAct) return false;
      throw error;
    }
  };
  const gone = [
    gids("products").find((product) => isDone({ act: "deleteProduct", product })),
    gids("orders").find(
      (order) => isDone({ act: "cancelOrder", order }) && isDone({ act: "deleteOrder", order }),
    ),
    [...told.levels].find((level) => {
      const [item, location] = level.split("@").map(String);
      return isDone({
        act: "disconnectStock",
        item: `gid://shopify/InventoryItem/${item ?? ""}`,
        location: `gid://shopify/Location/${location ?? ""}`,
      });
    }),
  ];
  expect(gone).not.toContain(undefined);
}

/** Each of these orders is remembered as missed, and the webhooks' health counts all that are, as the app's page is told it. */
export async function expectMissedAreCounted(
  { simulator, database, shop, appUrl }: LivingShop,
  placed: readonly string[],
): Promise<void> {
  const { rows } = await database.pool.query<{ kind: string; ids: string[] }>(
    `select kind, array_agg(id) as ids from "ShopifyMissedUpdate" where shop = $1 group by kind`,
    [shop],
  );
  const missed = new Map(rows.map(({ kind, ids }) => [kind, ids]));
  expect(placed.length).toBeGreaterThan(0);
  expect(missed.get("order")).toEqual(expect.arrayContaining([...placed]));

  const answer = await fetch(`${appUrl}/api/shopify/webhooks/health?hours=1`, {
    headers: { Authorization: `Bearer ${simulator.issueSessionToken()}`, "User-Agent": BROWSER },
  });
  expect(answer.status).toBe(200);
  const { kinds } = (await answer.json()) as { kinds: { kind: string; missed: number }[] };
  expect(new Map(kinds.map(({ kind, missed }) => [kind, missed]))).toEqual(
    new Map(kinds.map(({ kind }) => [kind, missed.get(kind)?.length ?? 0])),
  );
}

function orderIds({ simulator }: LivingShop): string[] {
  return idsOf(simulator, "orders").map(idFromGid);
}

function idsOf({ store }: Simulator, field: string): string[] {
  const records = store.collection(field);
  return Array.from({ length: records?.count() ?? 0 }, (_, index) => records?.at(index).id ?? "");
}
