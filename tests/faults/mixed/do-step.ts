import { allowedActions } from "#app/erp/actions/allowed-actions.ts";
import { bookRemittance } from "#app/erp/actions/book-remittance.server.ts";
import { loadActionState } from "#app/erp/actions/load-action-state.server.ts";
import { OrderAction } from "#app/erp/actions/order-action.ts";
import { performOrderAction } from "#app/erp/actions/perform-order-action.server.ts";
import { AppError } from "#app/lib/errors.ts";
import { idFromGid } from "#app/lib/gid.ts";
import type { Act } from "#simulator/live/perform-act.ts";
import { readNodes, readText } from "#simulator/store/read-record.ts";
import { LEASE_MS } from "#app/outbox/claim-intents.server.ts";
import { decidePayment } from "./decide-payment.ts";
import type { Click, ForeignAct, Second, Step } from "./draw-mix.ts";
import type { Meanwhile, MixedShop } from "./mixed-shop.ts";

/** Numbers that no two parcels share. */
let awbs = 0;

/** Does one drawn step to one order. */
export async function doStep(at: MixedShop, orderId: string, step: Step): Promise<void> {
  switch (step.do) {
    case "click":
      return click(at, orderId, step.click);
    case "ship":
      return ship(at, orderId, step);
    case "remit":
      return remit(at, orderId, step.n);
    case "shopify":
      foreign(at, orderId, step.act);
      return;
    case "send":
      return send(at, orderId, step);
    case "hear":
      return at.hearSome(step);
    case "work":
      await at.work();
      return;
    case "again":
      await at.sendAgain([orderId]);
      return;
    case "decide payment":
      return decidePayment(at, orderId, step);
  }
}

async function perform(at: MixedShop, orderId: string, action: object): Promise<boolean> {
  const read = OrderAction.safeParse(action);
  if (!read.success) return false;
  const { data } = read;
  try {
    await performOrderAction(at.pool, {
      ...{ shop: at.shop, orderId, action: data, actor: "Ravi", now: at.now() },
    });
  } catch (error) {
    if (error instanceof AppError && error.code === "ACTION_NOT_ALLOWED") return false;
    throw error;
  }
  const ledger = at.ledger(orderId);
  ledger.refunding ||= data.action === "cancel" && data.refund;
  ledger.telling ||= "notifyCustomer" in data && data.notifyCustomer;
  return true;
}

async function click(at: MixedShop, orderId: string, one: Click): Promise<void> {
  const state = await loadActionState(at.pool, { shop: at.shop, orderId, now: at.now() });
  const { name, pick, share, flip, outcome } = one;
  const can = allowedActions(state).filter(({ ok }) => ok);
  const chosen = pick === null ? undefined : can[pick % Math.max(1, can.length)];
  const action = chosen?.action ?? name;
  const [parcel] = state.quantities.shipped.parcels;
  const target = chosen?.target ?? {
    ...(/tracking|take_back|deliver|lose|rto/.test(action) ? { parcelId: parcel?.id ?? "P1" } : {}),
    ...(/receive_return|close_case/.test(action) ? { caseId: state.cases[0]?.id ?? "C1" } : {}),
    ...(action === "release_hold" ? { hold: state.holds[0]?.kind ?? "shopify" } : {}),
  };
  const units =
    chosen?.ok === true && chosen.units.length > 0
      ? chosen.units.map(({ lineId, qty }) => ({ lineId, qty: Math.max(1, Math.ceil((qty * share) / 100)) }))
      : state.order.lines.map(({ id }) => ({ lineId: id, qty: 1 }));
  const ofUnits = /^(?:allocate|deallocate|pick|pack|unpack|hand_over|cancel|open_return|receive_return)$/;
  const all = flip && !/return/.test(action);
  await perform(at, orderId, {
    action,
    ...target,
    ...(ofUnits.test(action) && !all ? { lines: units } : {}),
    ...(action === "hand_over" && flip ? { awbNumber: newAwb() } : {}),
    ...(action === "update_tracking" ? { awbNumber: newAwb(), notifyCustomer: flip } : {}),
    ...(action === "cancel"
      ? { refund: share > 70, restock: share % 2 === 0, notifyCustomer: share > 50 && flip }
      : {}),
    ...(action === "close_case" ? { outcome } : {}),
  });
}

async function ship(
  at: MixedShop,
  orderId: string,
  { share, ready, awb, elsewhere, tell }: Omit<Extract<Step, { do: "ship" }>, "do" | "order" | "afterMs">,
): Promise<void> {
  for (const action of ["pick", "pack"]) {
    const state = await loadActionState(at.pool, { shop: at.shop, orderId, now: at.now() });
    const can = allowedActions(state).find((one) => one.action === action);
    if (can?.ok !== true) continue;
    const lines = can.units.map(({ lineId, qty }) => ({
      lineId,
      qty: Math.max(1, Math.ceil((qty * share) / 100)),
    }));
    await perform(at, orderId, { action, lines });
  }
  if (ready) return;
  const locations = at.locations().map(({ id }) => idFromGid(id));
  await perform(at, orderId, {
    action: "hand_over",
    ...(awb ? { awbNumber: newAwb(), courier: "Delhivery" } : {}),
    ...(elsewhere ? { locationId: locations[1] } : {}),
    notifyCustomer: tell,
  });
}

/** Where no parcel has anything to collect some of the goods leave first: money that comes in parts is rare otherwise. */
async function remit(at: MixedShop, orderId: string, n: number): Promise<void> {
  const collecting = () =>
    at.rows<{ awb: string; amount: string }>(
      `select "awbNumber" as awb, "amountToCollect"::text as amount from "Parcel"
       where shop = $1 and "shopifyOrderId" = $2 and "awbNumber" is not null and "amountToCollect" > 0 order by id`,
      [orderId],
    );
  let due = await collecting();
  if (due.length === 0) {
    await ship(at, orderId, { share: 40, ready: false, awb: true, elsewhere: false, tell: false });
    due = await collecting();
  }
  const parcel = due[n % Math.max(1, due.length)];
  if (!parcel) return;
  const { booked } = await bookRemittance(at.pool, {
    ...{ shop: at.shop, actor: "Ravi", now: at.now() },
    entries: [
      {
        ...{ awbNumber: parcel.awb, amount: parcel.amount, deduction: "0" },
        ...{ reference: `UTR-${parcel.awb}`, date: at.now().toISOString().slice(0, 10) },
      },
    ],
  });
  if (booked > 0) at.ledger(orderId).remitted.push(parcel.amount);
}

async function send(
  at: MixedShop,
  orderId: string,
  { fault, operation, between, second }: Extract<Step, { do: "send" }>,
): Promise<void> {
  const { faults } = at.simulator;
  const named = operation === null ? {} : { operation };
  // Of any mutation: rare enough as it is.
  if (fault === "fulfilled-first" || fault === "applied-late") faults.add({ kind: fault, count: 1 });
  else if (fault !== "none") faults.add({ kind: fault, count: 1, ...named });
  const others: Meanwhile[] = [];
  if (between !== null)
    others.push({
      when: "leaving",
      happen: async () => {
        if ("what" in between) foreign(at, orderId, between);
        else await click(at, orderId, between);
      },
    });
  const { mutations } = at.ledger(orderId);
  const earlier = mutations.length;
  await sendWithSecond(at, second, others);
  if (fault === "applied-late") await applyLate(at, mutations, earlier);
  // The simulated Shopify tells nobody who was faster.
  if (fault === "fulfilled-first" && faults.list().length === 0) at.foreignToAll();
  faults.clear();
}

/** Half a minute later a sender looks, and must leave alone what Shopify then does only now. */
async function applyLate(at: MixedShop, mutations: readonly string[], since: number): Promise<void> {
  const left = mutations.slice(since);
  at.pass(30_000);
  await at.sendBeside();
  // What begins an edit is always the same, and changes nothing.
  const again = mutations.slice(since + left.length).filter((body) => left.includes(body));
  for (const body of again) if (!body.includes("orderEdit")) at.strays.push(`left again too soon: ${body}`);
  await at.simulator.applyLate();
  await at.simulator.jobsEnded();
}

/** A sender's turn with what happens in the middle of it, and a second sender's. */
export async function sendWithSecond(
  at: MixedShop,
  second: Second | null,
  others: readonly Meanwhile[],
): Promise<void> {
  if (second === null) await at.send(others);
  else if (second.when === "together") await Promise.all([at.send(others), at.sendBeside()]);
  else {
    const { when, late } = second;
    const happen = async () => {
      if (late && when !== "leaving" && !(await isAmidOthers(at))) {
        // A lease is longer than Shopify may be at work.
        await at.simulator.applyLate();
        at.pass(LEASE_MS + 1_000);
      }
      await at.sendBeside();
    };
    await at.send([...others, { when, happen }]);
  }
}

/** Whether what is told of another order has left just now: no request takes as long as a lease. */
async function isAmidOthers(at: MixedShop): Promise<boolean> {
  const left = await at.rows(
    `select 1 from "Outbox" where shop = $1 and status = 'waiting' and "leasedUntil" > $2 and answer->'unsure' = 'true'`,
    [at.now()],
  );
  return left.length > 1;
}

function foreign(at: MixedShop, orderId: string, act: ForeignAct): void {
  const made = foreignActOf(at, orderId, act);
  at.ledger(orderId).reshaped ||= /^(?:cancel|edit|refund|return|pay)Order$/.test(made?.act ?? "");
  if (made !== null && at.foreign(orderId, made) && made.act === "updateFulfillment" && made.tracking)
    at.ledger(orderId).retracked.add(made.fulfillment);
}

/** The act in Shopify's terms; null where there is nothing to do it to. */
function foreignActOf(at: MixedShop, orderId: string, { what, n, units, flip }: ForeignAct): Act | null {
  const order = at.gid(orderId);
  const node = at.order(orderId);
  if (node === null) return null;
  const pickOf = <T>(list: readonly T[]): T | undefined => list[n % Math.max(1, list.length)];
  const line = n % Math.max(1, readNodes(node, "lineItems").length);
  const live = readNodes(node, "fulfillments").filter((one) => readText(one["status"]) === "SUCCESS");
  const parcel = pickOf(live);
  const ready = readNodes(node, "fulfillmentOrders").filter((one) =>
    ["OPEN", "IN_PROGRESS"].includes(readText(one["status"])),
  );
  switch (what) {
    case "fulfil": {
      const tracking = n % 3 === 0 ? null : { company: "Delhivery", number: newAwb() };
      return { act: "fulfilOrder", order, tracking, ...(flip ? {} : { lines: [{ line, quantity: units }] }) };
    }
    case "courier news": {
      const news = (["IN_TRANSIT", "OUT_FOR_DELIVERY", "DELIVERED", "FAILURE"] as const)[n % 4];
      return parcel && news ? { act: "updateFulfillment", fulfillment: parcel.id, event: news } : null;
    }
    case "cancel fulfilment":
      return parcel ? { act: "updateFulfillment", fulfillment: parcel.id, cancel: true } : null;
    case "cancel order":
      return { act: "cancelOrder", order, restock: flip, refund: n % 2 === 0 };
    case "take off":
      return { act: "editOrder", order, lower: [{ line, quantity: units, restock: flip }] };
    case "add":
      return { act: "editOrder", order, add: [{ variant: at.variant(n), quantity: units }] };
    case "refund": {
      const restock = (["CANCEL", "RETURN", "NO_RESTOCK"] as const)[n % 3] ?? "CANCEL";
      return { act: "refundOrder", order, lines: [{ line, quantity: units, restock }] };
    }
    case "hold":
      return { act: "holdFulfillment", order };
    case "release":
      return { act: "releaseHold", order };
    case "pay":
      return { act: "payOrder", order, ...(flip ? {} : { amount: "1.00", method: "UPI" }) };
    case "return": {
      const step = (["create", "process", "close"] as const)[n % 3] ?? "create";
      const lines = step === "create" ? { lines: [{ line, quantity: units }] } : {};
      return { act: "returnOrder", order, step, refund: flip, ...lines };
    }
    case "track": {
      const tracking = { company: flip ? "Delhivery" : "Blue Dart", number: newAwb() };
      return parcel ? { act: "updateFulfillment", fulfillment: parcel.id, tracking } : null;
    }
    case "delete": {
      // Of what may be deleted; else it is cancelled first, as a person would.
      const isOver = node["closedAt"] !== null || node["cancelledAt"] !== null;
      if (!isOver) at.foreign(orderId, { act: "cancelOrder", order, restock: flip, refund: false });
      return { act: "deleteOrder", order };
    }
    case "move": {
      const from = pickOf(ready);
      const to = at.locations()[1 + (n % 2)];
      return from && to ? { act: "moveFulfillment", fulfillmentOrder: from.id, location: to.id } : null;
    }
  }
}

function newAwb(): string {
  return `AWB${String(++awbs).padStart(7, "0")}`;
}
