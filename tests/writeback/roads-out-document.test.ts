import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { intentKinds, outboxStatuses, type IntentKind } from "#app/outbox/outbox-intent.ts";
import { missingScope } from "#app/outbox/sent-kinds.ts";
import { defaultSettings } from "#app/settings/default-settings.ts";
import { writeBackWords } from "#app/ui/write-back-words.ts";
import { editDocuments, mutationOf, type MutationStep } from "#app/writeback/mutation-of-step.ts";

const root = join(import.meta.dirname, "../..");
const page = readFileSync(join(root, "docs/roads-out.md"), "utf8");

/** The rows of the table under a heading, without its head. */
function rowsUnder(heading: string): string[][] {
  const [, section = ""] = page.split(`## ${heading}\n`);
  const [own = ""] = section.split("\n## ");
  return own
    .split("\n")
    .filter((line) => line.startsWith("| `"))
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim().replaceAll("`", "")),
    );
}

const kinds = rowsUnder("Kinds");
const ofKind = (kind: string) => kinds.find(([name]) => name === kind) ?? [];

test("every kind that can be switched on stands in the table, in the words of the pages, and all begin switched off", () => {
  expect(kinds.map(([kind, words]) => [kind, words])).toEqual(Object.entries(writeBackWords));
  expect(kinds.map(([kind]) => kind).toSorted()).toEqual(Object.keys(defaultSettings.writeBack).toSorted());
  expect(Object.values(defaultSettings.writeBack)).not.toContain(true);
});

test.each(intentKinds)(
  "%s needs one of the permissions named, and the app may ask for it",
  (kind: IntentKind) => {
    const scopes = (ofKind(kind)[2] ?? "").split(", ");
    expect(missingScope(kind, [])).toBe(scopes[0]);
    for (const scope of scopes) expect([scope, missingScope(kind, [scope])]).toEqual([scope, null]);
    const others = kinds
      .flatMap(([, , named = ""]) => named.split(", "))
      .filter((one) => !scopes.includes(one));
    expect(missingScope(kind, others)).toBe(scopes[0]);
    const asked = readFileSync(join(root, "shopify.app.toml"), "utf8");
    expect(scopes.some((scope) => asked.includes(`"${scope}"`))).toBe(true);
  },
);

const tracking = { awbNumber: null, courier: null, trackingUrl: null };
const note = { restock: false, notifyCustomer: false, staffNote: "" };
/** One of each step, and of which kind it is. */
const steps: { [Do in MutationStep["do"]]: [kind: string, step: Extract<MutationStep, { do: Do }>] } = {
  moveFulfillmentOrder: [
    "fulfillmentOrderMove",
    { do: "moveFulfillmentOrder", fulfillmentOrderId: "1", locationId: "1", lines: [] },
  ],
  createFulfillment: [
    "fulfillmentCreate",
    { do: "createFulfillment", parts: [], tracking, notifyCustomer: false },
  ],
  updateTracking: [
    "trackingUpdate",
    { do: "updateTracking", fulfillmentId: "1", tracking, notifyCustomer: false },
  ],
  createEvent: [
    "fulfillmentEvent",
    { do: "createEvent", fulfillmentId: "1", status: "DELIVERED", happenedAt: "2026-11-22T10:00:00Z" },
  ],
  cancelFulfillment: ["fulfillmentCancel", { do: "cancelFulfillment", fulfillmentId: "1" }],
  cancelOrder: ["orderCancel", { do: "cancelOrder", reason: "OTHER", refund: false, ...note }],
  markAsPaid: ["orderMarkAsPaid", { do: "markAsPaid" }],
  createManualPayment: ["orderMarkAsPaid", { do: "createManualPayment", amount: "1", currency: "INR" }],
};

test("the mutations named are those that are sent", () => {
  const sent = new Map<string, string[]>();
  for (const [kind, step] of Object.values(steps))
    sent.set(kind, [...(sent.get(kind) ?? []), mutationOf(step, "1").field]);
  const edits = Object.values(editDocuments).filter((document) => document.startsWith("mutation"));
  sent.set(
    "orderEdit",
    edits.map((document) => /\{ (\w+)\(/.exec(document)?.[1] ?? ""),
  );
  for (const [kind, fields] of sent) expect([kind, ofKind(kind)[3]]).toEqual([kind, fields.join(", ")]);
  // Stock goes by a road of its own, many levels at once.
  expect(kinds.map(([kind = ""]) => kind).filter((kind) => !sent.has(kind))).toEqual(["inventorySet"]);
});

test("every status stands in the table once", () => {
  expect(rowsUnder("How it stands").map(([status]) => status)).toEqual([...outboxStatuses]);
});
