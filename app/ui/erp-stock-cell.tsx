import { BlockStack, Button, InlineStack, Text } from "@shopify/polaris";

import type { ErpStockAt } from "#app/erp/inventory/erp-stock.ts";
import type { StockItem, StockLocation } from "#app/erp/inventory/stock-item.ts";

import { useFormat } from "./shop-format.tsx";
import { itemName, locationName } from "./stock-words.ts";

/** What the ERP itself says can be sold of an item, place by place, and the button that changes it. */
export function ErpStockCell({
  item,
  stock,
  locations,
  onChange,
}: {
  item: StockItem;
  stock: readonly ErpStockAt[];
  locations: readonly StockLocation[];
  onChange: () => void;
}) {
  const format = useFormat();
  if (item.sku === null) return <>—</>;
  const { id } = item.sku;
  return (
    <BlockStack gap="100">
      {stock
        .filter(({ skuId }) => skuId === id)
        .map(({ locationId, sellableQty, safetyStockQty }) => (
          <Text key={locationId} as="span" breakWord>
            {[
              `${locationName(locations.find((place) => place.id === locationId) ?? { id: locationId, name: null })}: ${format.number(sellableQty)} sellable`,
              ...(safetyStockQty === 0 ? [] : [`${format.number(safetyStockQty)} kept back`]),
            ].join(" · ")}
          </Text>
        ))}
      <InlineStack>
        <Button
          variant="plain"
          accessibilityLabel={`Change ERP stock of ${itemName(item)}`}
          onClick={onChange}
        >
          Change ERP stock
        </Button>
      </InlineStack>
    </BlockStack>
  );
}
