import { Banner, BlockStack, InlineStack, Link, Text } from "@shopify/polaris";

import { counted } from "./counted.ts";
import { useEmbeddedHref } from "./embedded-href.ts";
import { useFormat } from "./shop-format.tsx";
import type { Released } from "./workbench-answer.ts";

/** What a mapping has done for the orders that waited, and how far they are. */
export function WorkbenchReleased({
  released,
  releasing,
}: {
  released: Released | undefined;
  /** Orders of the shop that are about to be processed, whatever for. */
  releasing: number;
}) {
  const format = useFormat();
  const href = useEmbeddedHref();
  if (!released) return null;
  const orders = counted(format, released.orders, "waiting order was", "waiting orders were");
  const title = `${released.name} is mapped: ${released.isAll ? "" : "at least "}${orders} released`;
  return (
    <Banner tone="success" title={title}>
      <BlockStack gap="100">
        <Text as="p">
          {releasing > 0
            ? `They go on by themselves: the shop has ${counted(format, releasing, "order", "orders")} to process now.`
            : "They have been tried again: no order is left to process. Should one have failed for another reason, it is listed with that reason."}{" "}
          New orders with this variant find the SKU, too.
        </Text>
        {released.stillWaiting > 0 ? (
          <Text as="p">
            {`${counted(format, released.stillWaiting, "order with it still waits", "orders with it still wait")} for another SKU as well.`}
          </Text>
        ) : null}
        <InlineStack gap="400">
          <Link url={href("/app/orders")}>See all orders</Link>
          <Link url={href("/app/cache/order?status=failed")}>See failed orders</Link>
        </InlineStack>
      </BlockStack>
    </Banner>
  );
}
