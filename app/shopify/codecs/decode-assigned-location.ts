import { decodePayload, readOptionalGid, readOptionalObject } from "./read.ts";

/** Where a cached fulfilment order's goods are to leave from (Shopify's id); null where the payload does not say. @throws AppError PAYLOAD_UNREADABLE */
export function decodeAssignedLocation(raw: string): string | null {
  return decodePayload(
    raw,
    (node) =>
      readOptionalObject(node, "assignedLocation", (assigned) =>
        readOptionalObject(assigned, "location", (location) => readOptionalGid(location, "id")),
      ) ?? null,
  );
}
