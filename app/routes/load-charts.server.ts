import { loadDeliveryDelays } from "#app/cache/load-delivery-delays.server.ts";
import { countErpRecords } from "#app/erp/count-erp-records.server.ts";
import { countOrdersByDay } from "#app/erp/orders/count-orders-by-day.server.ts";
import type { Db } from "#app/lib/db.server.ts";
import { dayBefore, dayOf, startOfDay } from "#app/lib/zoned-day.ts";
import { loadShopCalendar } from "#app/reconcile/load-shop-calendar.server.ts";
import type { ChartsView, DayOfOrders } from "#app/ui/charts-view.ts";
import { orderState } from "#app/ui/order-states.ts";

const DAYS = 30;

/** What Home's charts show of a shop, by its own calendar, and how much it has in the ERP: what takes longer to count than Home may wait. */
export async function loadCharts(db: Db, { shop, now }: { shop: string; now: Date }): Promise<ChartsView> {
  const { timeZone } = await loadShopCalendar(db, { shop });
  const days: DayOfOrders[] = [];
  let day = dayOf(now, timeZone);
  for (; days.length < DAYS; day = dayBefore(day))
    days.unshift({ day, orders: { delivered: 0, shipped: 0, back: 0, held: 0, open: 0 } });
  const since = startOfDay(days[0]?.day ?? day, timeZone);
  const [erp, counts, { hours, whole }] = await Promise.all([
    countErpRecords(db, { shop }),
    countOrdersByDay(db, { shop, since, timeZone }),
    loadDeliveryDelays(db, { shop, now, timeZone }),
  ]);
  const byDay = new Map(days.map(({ day: name, orders }) => [name, orders]));
  for (const { day: name, status, orders } of counts) {
    const of = byDay.get(name);
    if (of) of[orderState(status)] += orders;
  }
  return {
    ...{ erp, days },
    delays: { hours: hours.map(({ hour, ...delays }) => ({ hour: hour.toISOString(), ...delays })), whole },
  };
}
