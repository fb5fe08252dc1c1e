import { expect, test } from "vitest";
import { idFromGid, toGid, typeOfGid } from "./gid.ts";

test("a gid gives its type and id, also with a query part and beyond 2^53", () => {
  expect(idFromGid("gid://shopify/Order/820982911946154508")).toBe("820982911946154508");
  expect(idFromGid("gid://shopify/MailingAddress/40831289622573?model_name=Address")).toBe("40831289622573");
  expect(typeOfGid("gid://shopify/InventoryLevel/1?inventory_item_id=2")).toBe("InventoryLevel");
  expect(toGid("Order", "7")).toBe("gid://shopify/Order/7");
});

test.each(["", "7", "gid://shopify/Order", "gid://other/Order/7"])("%j is no Shopify id", (text) => {
  expect(() => idFromGid(text)).toThrow(TypeError);
  expect(() => typeOfGid(text)).toThrow(TypeError);
});
