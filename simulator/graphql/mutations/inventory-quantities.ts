import { GraphQLError } from "graphql";
import { makeGid } from "#simulator/store/ids.ts";
import { formatTime } from "#simulator/store/store-clock.ts";
import type { SimNode } from "#simulator/store/types.ts";
import { checkGidOf } from "../global-id.ts";
import { NotSimulatedError } from "../not-simulated-error.ts";
import type { Args, Mutation, MutationCall, MutationDesk } from "./mutation-desk.ts";
import { readInput, readInputs, readString } from "./read-args.ts";
import { userError, type UserError } from "./user-errors.ts";

const MOST = 250;
const REASONS = [
  "correction",
  "cycle_count_available",
  "damaged",
  "movement_canceled",
  "movement_created",
  "movement_received",
  "movement_updated",
  "other",
  "promotion",
  "quality_control",
  "received",
  "reservation_created",
  "reservation_deleted",
  "reservation_updated",
  "restock",
  "safety_stock",
  "shrinkage",
];

type State = "available" | "on_hand";
/** One quantity of a request, and what it makes of the level. */
type Row = {
  item: string;
  location: string;
  changeFrom: number | null;
  /** What lies there now; null: the item is not stocked at the location yet. */
  now: number | null;
  after: number;
};
/** How the two mutations differ: their list, its input type, what a row makes of what there is, and a limit. */
type Kind = {
  list: "quantities" | "changes";
  inputType: string;
  after(row: Args, now: number): number;
  badName: { words: string; code: string };
  most: number;
};

const SET: Kind = {
  list: "quantities",
  inputType: "InventoryQuantityInput",
  after: (row) => Number(row["quantity"]),
  badName: { words: "The quantity name must be either 'available' or 'on_hand'.", code: "INVALID_NAME" },
  most: 1_000_000_000,
};
const ADJUST: Kind = {
  list: "changes",
  inputType: "InventoryChangeInput",
  after: (row, now) => now + Number(row["delta"]),
  badName: {
    words:
      "The specified quantity name is invalid. Valid values are: available, damaged, incoming, quality_control, reserved, safety_stock.",
    code: "INVALID_QUANTITY_NAME",
  },
  most: 2_000_000_000,
};

/** Sets levels to exact numbers, all of them or none. See {@link change}. */
export const inventorySetQuantities: Mutation = (call) => change(call, SET);
/** Moves levels by units, all of them or none; only what is available is simulated. See {@link change}. */
export const inventoryAdjustQuantities: Mutation = (call) => change(call, ADJUST);

/**
 * Changes what lies at locations. The words and codes are Shopify's (the schema's, and live answers of 2026-04):
 * changeFromQuantity must be said, if only as null; what it says must be what lies there. Since 2026-10 an item that is
 * not stocked at the location becomes so ("Removal of ITEM_NOT_STOCKED_AT_LOCATION error"). Assumed: an item that is
 * not tracked is NON_MUTABLE_INVENTORY_ITEM; a change of nothing makes no group; where in the input an error stands.
 */
function change(call: MutationCall, kind: Kind): unknown {
  const { desk, args, name } = call;
  const input = readInput(args, "input");
  const given = readInputs(input, kind.list);
  if (given.length > MOST)
    throw new GraphQLError(
      `The input array size of ${String(given.length)} is greater than the maximum allowed of ${String(MOST)}.`,
      { extensions: { code: "MAX_INPUT_SIZE_EXCEEDED" } },
    );
  if (given.some((row) => row["changeFromQuantity"] === undefined))
    throw new GraphQLError(`${kind.inputType} must include the following argument: changeFromQuantity.`, {
      extensions: { code: "INVALID_FIELD_ARGUMENTS" },
    });
  const of = readState(input, kind);
  const errors = of === null ? [userError(["input", "name"], kind.badName.words, kind.badName.code)] : [];
  errors.push(...inputErrors(input));
  if (desk.faults.strike("stock-moved", { operations: [name] }) !== null) moveFirst(desk, given[0]);
  const rows = given.map((row, i) => readRow(desk, row, ["input", kind.list, String(i)], of, kind, errors));
  const seen = new Set<string>();
  given.forEach((row, i) => {
    const pair = `${String(row["inventoryItemId"])} ${String(row["locationId"])}`;
    if (kind === SET && seen.has(pair))
      errors.push(
        userError(
          ["input", kind.list, String(i), "locationId"],
          "The combination of inventoryItemId and locationId must be unique.",
          "NO_DUPLICATE_INVENTORY_ITEM_ID_GROUP_ID_PAIR",
        ),
      );
    seen.add(pair);
  });
  if (errors.length > 0) return { inventoryAdjustmentGroup: null, userErrors: errors };
  return { inventoryAdjustmentGroup: make(desk, input, rows, of ?? "available"), userErrors: [] };
}

/** @throws NotSimulatedError for a state of stock that is adjusted and that the simulator does not move. */
function readState(input: Args, kind: Kind): State | null {
  const name = readString(input, "name");
  if (name === "available" || (name === "on_hand" && kind === SET)) return name;
  const others = ["damaged", "incoming", "quality_control", "reserved", "safety_stock"];
  if (kind === ADJUST && others.includes(name ?? ""))
    throw new NotSimulatedError(`inventoryAdjustQuantities of ${name ?? ""}`);
  return null;
}

function inputErrors(input: Args): UserError[] {
  const errors: UserError[] = [];
  if (!REASONS.includes(readString(input, "reason") ?? ""))
    errors.push(userError(["input", "reason"], "The specified reason is invalid.", "INVALID_REASON"));
  const uri = readString(input, "referenceDocumentUri");
  const isUri = uri === null || (uri.startsWith("gid:") ? GID : URI).test(uri);
  if (!isUri)
    errors.push(
      userError(
        ["input", "referenceDocumentUri"],
        "The specified reference document is invalid.",
        "INVALID_REFERENCE_DOCUMENT",
      ),
    );
  return errors;
}

const GID = /^gid:\/\/[^/\s]+\/[^/\s]+\/\S+$/;
const URI = /^[a-z][a-z0-9+.-]*:\S+$/i;

function readRow(
  desk: MutationDesk,
  row: Args,
  path: readonly string[],
  of: State | null,
  kind: Kind,
  errors: UserError[],
): Row {
  const item = checkGidOf(String(row["inventoryItemId"]), "InventoryItem");
  const location = checkGidOf(String(row["locationId"]), "Location");
  const changeFrom = typeof row["changeFromQuantity"] === "number" ? row["changeFromQuantity"] : null;
  const { store, stock } = desk.shop;
  const refused = (field: string, words: string, code: string): Row => {
    errors.push(userError([...path, field], words, code));
    return { item, location, changeFrom, now: null, after: 0 };
  };
  const record = store.node(item);
  if (record === null)
    return refused(
      "inventoryItemId",
      "The specified inventory item could not be found.",
      "INVALID_INVENTORY_ITEM",
    );
  const place = store.node(location);
  if (place === null || place["isActive"] !== true)
    return refused("locationId", "The specified location could not be found.", "INVALID_LOCATION");
  if (record["tracked"] !== true)
    return refused(
      "inventoryItemId",
      "The specified inventory item is not allowed to be adjusted via API.",
      "NON_MUTABLE_INVENTORY_ITEM",
    );
  const counts = stock.countsOf(item, location);
  const now = counts === null ? null : (counts[of ?? "available"] ?? 0);
  const after = kind.after(row, now ?? 0);
  const quantity = kind === SET ? "quantity" : "delta";
  const most = kind.most.toLocaleString("en-US");
  const what = kind === SET ? "The total quantity" : "The quantity";
  if (after > kind.most)
    return refused(quantity, `${what} can't be higher than ${most}.`, "INVALID_QUANTITY_TOO_HIGH");
  if (after < -kind.most)
    return refused(quantity, `${what} can't be lower than -${most}.`, "INVALID_QUANTITY_TOO_LOW");
  if (kind === SET && of === "on_hand" && after < 0)
    return refused(quantity, "The quantity can't be negative.", "INVALID_QUANTITY_NEGATIVE");
  if (changeFrom !== null && changeFrom !== (now ?? 0))
    return refused(
      "changeFromQuantity",
      "The changeFromQuantity argument no longer matches the persisted quantity.",
      "CHANGE_FROM_QUANTITY_STALE",
    );
  return { item, location, changeFrom, now, after };
}

/** Does it, level by level. @returns the group of what changed; null = nothing did. */
function make(desk: MutationDesk, input: Args, rows: readonly Row[], of: State): SimNode | null {
  const { store } = desk.shop;
  const changes = rows.flatMap(({ item, location, now, after }) => {
    if (now === null) desk.perform({ act: "connectStock", item, location, available: after });
    else if (now !== after) desk.perform({ act: "setStock", item, location, available: after, of });
    const delta = after - (now ?? 0);
    if (delta === 0) return [];
    return (["available", "on_hand"] as const).map((name) => ({
      name,
      delta,
      // Null in the answer of a mutation, as Shopify's is.
      quantityAfterChange: null,
      ledgerDocumentUri: null,
      item: () => store.node(item),
      location: () => store.node(location),
    }));
  });
  if (changes.length === 0) return null;
  const number = store.takeSlot((n) => makeGid("InventoryAdjustmentGroup", FIRST_GROUP + n));
  return {
    __typename: "InventoryAdjustmentGroup",
    id: makeGid("InventoryAdjustmentGroup", FIRST_GROUP + number),
    createdAt: formatTime(desk.shop.nowMs()),
    reason: readString(input, "reason") ?? "",
    referenceDocumentUri: readString(input, "referenceDocumentUri"),
    staffMember: null,
    changes: ({ inventoryItemIds, locationIds, quantityNames }) =>
      changes.filter(
        (one) =>
          isIn(inventoryItemIds, one.item()?.id) &&
          isIn(locationIds, one.location()?.id) &&
          isIn(quantityNames, one.name),
      ),
  };
}

const FIRST_GROUP = 240_000_000_000;

function isIn(list: unknown, value: string | undefined): boolean {
  return !Array.isArray(list) || list.includes(value);
}

/** Someone counts the first level between the app's reading and its writing: one unit is missing. */
function moveFirst(desk: MutationDesk, row: Args | undefined): void {
  const [item, location] = [String(row?.["inventoryItemId"]), String(row?.["locationId"])];
  const { store, stock } = desk.shop;
  if (store.node(item)?.["tracked"] !== true || store.node(location)?.__typename !== "Location") return;
  const counts = stock.countsOf(item, location);
  if (counts) desk.perform({ act: "setStock", item, location, available: (counts["available"] ?? 0) - 1 });
}
