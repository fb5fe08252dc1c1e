import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { allowedActions } from "#app/erp/actions/allowed-actions.ts";
import { decideOrderAction } from "#app/erp/actions/decide-order-action.ts";
import { OrderAction, type OrderActionName } from "#app/erp/actions/order-action.ts";
import { remittanceProblems } from "#app/erp/actions/remittance.ts";
import { LINE, SCENARIOS, stateOf } from "./action-scenarios.ts";

const page = readFileSync(join(import.meta.dirname, "../../docs/erp-actions.md"), "utf8");
const names = OrderAction.options.map((one) => one.shape.action.value);

/** The rows of the table under a heading, its head first. */
function tableUnder(heading: string): string[][] {
  const [, section = ""] = page.split(`## ${heading}\n`);
  const [own = ""] = section.split("\n## ");
  return own
    .split("\n")
    .filter((line) => line.startsWith("|") && !line.startsWith("|---"))
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

describe("which actions can be done when, as docs/erp-actions.md has it", () => {
  const [head = [], ...rows] = tableUnder("Which can be done when");

  test("every state and every action stands in the table once", () => {
    expect(head.slice(1)).toEqual(names);
    expect(rows.map(([name]) => name)).toEqual(Object.keys(SCENARIOS));
  });

  test.each(rows)("%s", (name, ...cells) => {
    const all = allowedActions(stateOf(name));
    expect(names.map((action, i) => [action, cells[i]])).toEqual(
      names.map((action) => {
        const can = all.filter((one) => one.action === action && one.ok);
        const units = can.flatMap((one) => (one.ok ? one.units : [])).reduce((sum, { qty }) => sum + qty, 0);
        return [action, can.length === 0 ? "–" : units > 0 ? String(units) : "yes"];
      }),
    );
  });

  test("what cannot be done says why, and what to do instead; what can be is done", () => {
    for (const name of Object.keys(SCENARIOS)) {
      const state = stateOf(name);
      for (const one of allowedActions(state)) {
        const asked = {
          ...{ action: one.action, ...one.target },
          ...(one.action === "open_return" || one.action === "receive_return"
            ? { lines: one.ok ? one.units : [{ lineId: LINE, qty: 1 }] }
            : {}),
          ...(one.action === "close_case" ? { outcome: "lost" } : {}),
          ...(one.action === "update_tracking" ? { awbNumber: "ANOTHER" } : {}),
        };
        const decided = decideOrderAction(state, OrderAction.parse(asked));
        expect(["refused" in decided, name, one.action]).toEqual([!one.ok, name, one.action]);
        if (!("refused" in decided) || one.ok) continue;
        expect(one.refused).toEqual(decided.refused);
        expect(decided.refused).toEqual({
          code: "ACTION_NOT_ALLOWED",
          message: expect.stringMatching(/^[A-Z].{8,}[^.]$/) as string,
          next: expect.stringMatching(/^[A-Z].{8,}\.$/) as string,
        });
      }
    }
  });
});

/** Where each action is done, and with what. */
const DONE: Readonly<Record<OrderActionName, [state: string, asked: object]>> = {
  allocate: ["open", {}],
  deallocate: ["allocated", {}],
  pick: ["open", {}],
  pack: ["picked", {}],
  unpack: ["packed", {}],
  relabel: ["packed, then paid", {}],
  hand_over: ["packed", {}],
  update_tracking: ["handed over", { parcelId: "P1", courier: "Blue Dart" }],
  take_back: ["handed over, Shopify told", { parcelId: "P1" }],
  deliver: ["handed over", { parcelId: "P1" }],
  lose: ["handed over", { parcelId: "P1" }],
  initiate_rto: ["handed over", { parcelId: "P1" }],
  receive_rto: ["handed over", { parcelId: "P1" }],
  cancel: ["open", {}],
  open_return: ["delivered", { lines: [{ lineId: LINE, qty: 1 }] }],
  receive_return: ["return of 1 opened", { caseId: "NEW", lines: [{ lineId: LINE, qty: 1 }] }],
  close_case: ["return of 1 received", { caseId: "NEW", outcome: "damaged" }],
  confirm_stop_ship: ["packed, then paid", {}],
  release_hold: ["COD not confirmed", { hold: "cod_unconfirmed" }],
};

describe("what an action writes and tells", () => {
  const [, ...rows] = tableUnder("The actions");

  test("every action stands in the table once", () => {
    expect(rows.map(([name]) => name)).toEqual(names.map((name) => `\`${name}\``));
  });

  test.each(rows)("%s", (name = "", _does, facts = "", told = "") => {
    const action = name.replaceAll("`", "") as OrderActionName;
    const [state, asked] = DONE[action];
    const decided = decideOrderAction(stateOf(state), OrderAction.parse({ action, ...asked }));
    if ("refused" in decided) throw new Error(decided.refused.message);
    const kinds = [...new Set(decided.facts.map(({ kind }) => kind))].filter(
      (kind) => kind !== "parcel_linked",
    );
    expect(kinds.toSorted()).toEqual(facts.split(", ").toSorted());
    expect(decided.intents.map(({ kind }) => kind)).toEqual(told === "" ? [] : [told]);
    expect(decided.words).toMatch(/\w/);
  });
});

test("every problem of a remittance stands in the table once", () => {
  const [, ...rows] = tableUnder("Money that couriers pay out");
  expect(rows.map(([problem]) => problem)).toEqual(remittanceProblems.map((problem) => `\`${problem}\``));
});
