import {
  decodePayload,
  readEach,
  readOptionalBoolean,
  readOptionalInteger,
  readString,
  type JsonObject,
} from "./read.ts";

/** One quantity at one place; `undefined` = this payload does not say. */
export type LevelQuantities = {
  available?: number | null;
  onHand?: number | null;
  committed?: number | null;
  incoming?: number | null;
  reserved?: number | null;
};

/** The stock of one inventory item at one location, as one payload tells it. */
export type DecodedInventoryLevel = {
  /** False: the item is no longer stocked there. */
  connected: boolean;
  quantities: LevelQuantities;
};

const NAMES: Readonly<Record<string, keyof LevelQuantities>> = {
  available: "available",
  on_hand: "onHand",
  committed: "committed",
  incoming: "incoming",
  reserved: "reserved",
};

/**
 * A cached stock level of any shape. A webhook tells only what is available; the body of inventory_levels/disconnect names no
 * quantity at all, which is how it is known.
 * @param shape "rest" is a webhook's body; "bulk" and "detail" are GraphQL nodes
 * @throws AppError PAYLOAD_UNREADABLE naming the path
 */
export function decodeInventoryLevel(shape: string, text: string): DecodedInventoryLevel {
  return decodePayload(text, shape === "rest" ? fromRest : fromNode);
}

function fromRest(body: JsonObject): DecodedInventoryLevel {
  const available = readOptionalInteger(body, "available");
  return available === undefined
    ? { connected: false, quantities: {} }
    : { connected: true, quantities: { available } };
}

function fromNode(node: JsonObject): DecodedInventoryLevel {
  const quantities: LevelQuantities = {};
  readEach(node, "quantities", (one) => {
    const name = NAMES[readString(one, "name")];
    if (name !== undefined) quantities[name] = readOptionalInteger(one, "quantity") ?? null;
  });
  return { connected: readOptionalBoolean(node, "isActive") !== false, quantities };
}
