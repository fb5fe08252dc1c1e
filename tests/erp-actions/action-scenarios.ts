/** The states of docs/erp-actions.md: an order of two units of one thing, to be paid on delivery, on its way through the house. */
import type { ActionState } from "#app/erp/actions/action-state.ts";
import { decideOrderAction } from "#app/erp/actions/decide-order-action.ts";
import { OrderAction } from "#app/erp/actions/order-action.ts";
import { aFulfillment, holding } from "#tests/fixtures/a-fulfillment.ts";
import { anActionState, aSnapshot, type StateSketch } from "#tests/fixtures/an-action-state.ts";
import type { OrderSketch } from "#tests/fixtures/an-order.ts";

type Asked = { action: OrderAction["action"] } & Record<string, unknown>;
/** What was done, and what Shopify says since; before the actions Shopify says `first`. */
type Scenario = { did?: readonly Asked[]; first?: OrderSketch & { held?: boolean } } & Omit<
  StateSketch,
  "order"
> & {
    news?: OrderSketch & { held?: boolean };
  };

export const LINE = "501";
const two: OrderSketch = { total: "200.00", lines: [{ id: LINE, quantity: 2 }] };
const shipped = (more: Record<string, unknown>): OrderSketch => ({
  lines: [{ id: LINE, quantity: 2, unfulfilledQuantity: 0 }],
  fulfillments: [
    aFulfillment("71", {
      ...{ createdAt: "2026-11-02T10:00:00Z", updatedAt: "2026-11-02T10:00:00Z", totalQuantity: 2 },
      trackingInfo: [{ company: "Delhivery", number: "AWB1", url: null }],
      ...holding({ [LINE]: 2 }),
      ...more,
    }),
  ],
});
const readied: readonly Asked[] = [{ action: "pick" }, { action: "pack" }];
const sent: readonly Asked[] = [...readied, { action: "hand_over", parcelId: "P1", awbNumber: "AWB1" }];
const arrived: readonly Asked[] = [...sent, { action: "deliver", parcelId: "P1" }];
const asked: readonly Asked[] = [...arrived, { action: "open_return", lines: [{ lineId: LINE, qty: 1 }] }];
const gone: OrderSketch = {
  ...{ cancelledAt: "2026-11-05T10:00:00Z", currentTotal: "0.00", outstanding: "0.00" },
  lines: [{ id: LINE, quantity: 2, currentQuantity: 0, unfulfilledQuantity: 0 }],
};

export const SCENARIOS: Readonly<Record<string, Scenario>> = {
  open: {},
  allocated: { did: [{ action: "allocate" }] },
  picked: { did: [{ action: "pick" }] },
  packed: { did: readied },
  "1 of 2 packed": { did: [{ action: "pick" }, { action: "pack", lines: [{ lineId: LINE, qty: 1 }] }] },
  "on hold": { news: { held: true } },
  "COD not confirmed": { settings: { codConfirmation: { required: true, confirmedTags: ["confirmed"] } } },
  "packed, then held": { did: readied, news: { held: true } },
  "packed, then paid": { did: readied, news: { outstanding: "0.00" } },
  "packed, then cancelled in Shopify": { did: readied, news: gone },
  "cancelled in Shopify": { news: gone },
  "cancelled here": { did: [{ action: "cancel" }] },
  "handed over": { did: sent },
  "1 of 2 handed over": {
    did: [...readied, { action: "hand_over", parcelId: "P1", lines: [{ lineId: LINE, qty: 1 }] }],
  },
  "handed over, Shopify told": { did: sent, news: shipped({ displayStatus: "FULFILLED" }) },
  "handed over, in transit": {
    did: sent,
    news: shipped({ displayStatus: "IN_TRANSIT", inTransitAt: "2026-11-03T10:00:00Z" }),
  },
  "taken back": { did: [...sent, { action: "take_back", parcelId: "P1" }] },
  "taken back, Shopify not told yet": {
    first: shipped({ displayStatus: "FULFILLED" }),
    did: [{ action: "take_back", parcelId: "71" }],
    news: shipped({ displayStatus: "FULFILLED" }),
  },
  "fulfilled in Shopify": { news: shipped({ displayStatus: "FULFILLED" }) },
  delivered: { did: arrived },
  "RTO under way": { did: [...sent, { action: "initiate_rto", parcelId: "P1" }] },
  "RTO received": { did: [...sent, { action: "receive_rto", parcelId: "P1" }] },
  "RTO received and closed": {
    did: [
      ...sent,
      { action: "receive_rto", parcelId: "P1" },
      { action: "close_case", caseId: "rto-P1", outcome: "restocked" },
    ],
  },
  lost: { did: [...sent, { action: "lose", parcelId: "P1" }] },
  "return of 1 opened": { did: asked },
  "return of 1 received": {
    did: [...asked, { action: "receive_return", caseId: "NEW", lines: [{ lineId: LINE, qty: 1 }] }],
  },
  "return of 1 closed": {
    did: [
      ...asked,
      { action: "receive_return", caseId: "NEW", lines: [{ lineId: LINE, qty: 1 }] },
      { action: "close_case", caseId: "NEW", outcome: "damaged" },
    ],
  },
  "before the cut-over": { cutOverAt: new Date("2026-11-09T00:00:00Z") },
  "a test order": { news: { test: true } },
  "not in the ERP": { notInErp: "SKU not found: KURTA-M" },
};

/** @throws where one of the actions that lead there is refused */
export function stateOf(name: string): ActionState {
  const { did = [], first = {}, news = {}, ...rest } = SCENARIOS[name] ?? {};
  let state = anActionState({ order: aSnapshot({ ...two, ...first }) });
  let facts = state.factRows;
  for (const [day, one] of did.entries()) {
    const now = `2026-11-0${String(day + 2)}T09:00:00.000Z`;
    state = anActionState({ order: state.order, facts, now });
    const decided = decideOrderAction(state, OrderAction.parse(one));
    if ("refused" in decided) throw new Error(`${name}: ${decided.refused.message}`);
    facts = [...facts, ...decided.facts.map((fact) => ({ ...fact, at: now }))];
  }
  return anActionState({ ...rest, order: aSnapshot({ ...two, ...news }), facts });
}
