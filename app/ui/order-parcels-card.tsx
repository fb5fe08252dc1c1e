import { BlockStack, Card, Divider, InlineStack, Link, List, Text } from "@shopify/polaris";

import type { ErpOrderWithParts } from "#app/erp/orders/erp-order-with-parts.ts";
import { lineName } from "#app/erp/orders/line-name.ts";

import { parcelName } from "./order-timeline.ts";
import { reasonWords } from "./reason-words.ts";
import { useFormat } from "./shop-format.tsx";
import { StatusBadge } from "./status-badge.tsx";

type Parcel = ErpOrderWithParts["parcels"][number];

/** Where the goods are: each parcel with what is in it, and what comes back. */
export function OrderParcelsCard({ order }: { order: ErpOrderWithParts }) {
  const { parcels, cases } = order;
  return (
    <>
      <Card>
        <BlockStack gap="300">
          <Text as="h2" variant="headingMd">
            Parcels
          </Text>
          {parcels.length === 0 ? (
            <Text as="p" tone="subdued">
              Nothing was handed over yet.
            </Text>
          ) : null}
          {parcels.map((parcel, index) => (
            <BlockStack key={parcel.id} gap="300">
              {index === 0 ? null : <Divider />}
              <ParcelRow parcel={parcel} order={order} />
            </BlockStack>
          ))}
        </BlockStack>
      </Card>
      {cases.length === 0 ? null : (
        <Card>
          <BlockStack gap="300">
            <Text as="h2" variant="headingMd">
              RTO and returns
            </Text>
            {cases.map((one, index) => (
              <BlockStack key={one.id} gap="300">
                {index === 0 ? null : <Divider />}
                <CaseRow one={one} order={order} />
              </BlockStack>
            ))}
          </BlockStack>
        </Card>
      )}
    </>
  );
}

function ParcelRow({ parcel, order }: { parcel: Parcel; order: ErpOrderWithParts }) {
  const format = useFormat();
  const when = [
    parcel.handedOverAt === null ? null : `Handed over ${format.dateTime(parcel.handedOverAt)}`,
    parcel.deliveredAt === null ? null : `Delivered ${format.dateTime(parcel.deliveredAt)}`,
  ].filter((one) => one !== null);
  return (
    <BlockStack gap="100">
      <InlineStack gap="200" blockAlign="center">
        <Text as="h3" variant="headingSm" breakWord>
          {parcelName(parcel)}
        </Text>
        <StatusBadge of="parcel" status={parcel.state} />
      </InlineStack>
      <Text as="span" tone="subdued" breakWord>
        {[
          parcel.courier ?? "No courier told",
          parcel.origin === "erp" ? "Made here" : "Made in Shopify",
          ...when,
        ].join(" · ")}
      </Text>
      {parcel.trackingUrl === null || !/^https?:/i.test(parcel.trackingUrl) ? null : (
        <Link url={parcel.trackingUrl} target="_blank">
          Track it with the courier
        </Link>
      )}
      <Goods lines={parcel.lines} order={order} />
      {parcel.linesKnown ? null : (
        <Text as="p" tone="caution">
          Shopify has not said yet which items are in it.
        </Text>
      )}
      {order.paymentMethod === "COD" ? (
        <Text as="p">To collect: {format.money(parcel.amountToCollect, order.presentmentCurrency)}</Text>
      ) : null}
    </BlockStack>
  );
}

function CaseRow({ one, order }: { one: ErpOrderWithParts["cases"][number]; order: ErpOrderWithParts }) {
  const format = useFormat();
  const parcel = order.parcels.find(({ id }) => id === one.parcelId);
  const when = [
    `Opened ${format.dateTime(one.openedAt)}`,
    one.receivedAt === null ? null : `received ${format.dateTime(one.receivedAt)}`,
    one.closedAt === null ? null : `closed ${format.dateTime(one.closedAt)}`,
  ].filter((word) => word !== null);
  return (
    <BlockStack gap="100">
      <InlineStack gap="200" blockAlign="center">
        <Text as="h3" variant="headingSm">
          {one.kind === "rto" ? "RTO" : "Return"} {one.name ?? (parcel ? `of ${parcelName(parcel)}` : "")}
        </Text>
        <StatusBadge of="returnCase" status={one.state} />
      </InlineStack>
      <Text as="span" tone="subdued">
        {when.join(" · ")}
      </Text>
      {one.reason === null ? null : (
        <Text as="p" breakWord>
          {reasonWords(one.reason)}
        </Text>
      )}
      <Goods lines={one.lines} order={order} />
    </BlockStack>
  );
}

function Goods({
  lines,
  order,
}: {
  lines: readonly { lineId: string; qty: number; receivedQty?: number }[];
  order: ErpOrderWithParts;
}) {
  const format = useFormat();
  if (lines.length === 0) return null;
  const titleOf = (id: string) => {
    const line = order.lines.find((one) => one.id === id);
    return line ? lineName(line) : `line ${id}`;
  };
  return (
    <List>
      {lines.map(({ lineId, qty, receivedQty }) => (
        <List.Item key={lineId}>
          {format.number(qty)} × {titleOf(lineId)}
          {receivedQty === undefined || receivedQty === 0 ? "" : `, ${format.number(receivedQty)} received`}
        </List.Item>
      ))}
    </List>
  );
}
