import { findChild } from "#simulator/store/find-child.ts";
import { legacyId, parseGid } from "#simulator/store/ids.ts";
import { LOCATION_RECORDS } from "#simulator/store/location-records.ts";
import type { SimNode } from "#simulator/store/types.ts";

/** What a store answers for gids around one order, without a store: products and customers of the least they have. */
export function standInFind(order: () => SimNode): (gid: string) => SimNode | null {
  return (gid) => {
    const type = parseGid(gid)?.type;
    const number = legacyId(gid);
    switch (type) {
      case "Order":
        return order();
      case "Location":
        return LOCATION_RECORDS.find((one) => one.id === gid) ?? null;
      case "Product":
        return { __typename: type, id: gid, legacyResourceId: number, title: "Anarkali Kurta" };
      case "ProductVariant":
        return {
          __typename: type,
          id: gid,
          legacyResourceId: number,
          sku: "AK-M",
          barcode: null,
          inventoryItem: {
            __typename: "InventoryItem",
            id: `gid://shopify/InventoryItem/${number}`,
            sku: "AK-M",
          },
        };
      case "Customer":
        return customer(gid, number);
      case "FulfillmentOrder":
        // Built by the order itself.
        return null;
      default:
        return findChild(order(), gid);
    }
  };
}

function customer(gid: string, number: string): SimNode {
  return {
    __typename: "Customer",
    id: gid,
    legacyResourceId: number,
    firstName: "Asha",
    lastName: null,
    displayName: "Asha",
    defaultEmailAddress: { emailAddress: "asha@example.com" },
    defaultPhoneNumber: null,
    defaultAddress: null,
    state: "DISABLED",
    tags: [],
    note: null,
    taxExempt: false,
    verifiedEmail: true,
    numberOfOrders: "1",
    createdAt: "2026-09-01T08:00:00Z",
    updatedAt: "2026-09-01T08:00:00Z",
  };
}
