import { BlockStack, Card, Divider, InlineGrid, InlineStack, Text } from "@shopify/polaris";
import { Fragment } from "react";

import { bytesWords } from "./bytes-words.ts";
import { Fact } from "./fact.tsx";
import type { JobOperationView } from "./job-pages-view.ts";
import { useFormat } from "./shop-format.tsx";
import { StatusBadge } from "./status-badge.tsx";

const PURPOSES: Record<string, string> = {
  products: "Products",
  customers: "Customers",
  orders: "Orders",
  fulfillment_orders: "Fulfilment orders",
  inventory: "Stock levels",
};

/** The bulk operations by which Shopify collected what a job reads. */
export function JobOperations({ operations, now }: { operations: JobOperationView[]; now: string }) {
  if (operations.length === 0) return null;
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          Bulk operations at Shopify
        </Text>
        {operations.map((operation, index) => (
          <Fragment key={operation.id}>
            {index > 0 ? <Divider /> : null}
            <Operation operation={operation} now={now} />
          </Fragment>
        ))}
      </BlockStack>
    </Card>
  );
}

function Operation({ operation, now }: { operation: JobOperationView; now: string }) {
  const format = useFormat();
  const { purpose, status, errorCode, rootObjectCount, objectCount, fileSize, fileUntil } = operation;
  const count = (value: number | null) => (value === null ? "Not known yet" : format.number(value));
  return (
    <BlockStack gap="200">
      <InlineStack gap="200" blockAlign="center">
        <Text as="h3" variant="headingSm">
          {PURPOSES[purpose] ?? purpose}
        </Text>
        <StatusBadge of="operation" status={status} />
      </InlineStack>
      {errorCode === null ? null : (
        <Text as="p" tone="critical">{`Shopify says: ${errorCode.replaceAll("_", " ").toLowerCase()}`}</Text>
      )}
      <InlineGrid columns={{ xs: 2, md: 3 }} gap="300">
        <Fact term="Records">{count(rootObjectCount)}</Fact>
        <Fact term="Lines in the file">{count(objectCount)}</Fact>
        <Fact term="Size of the file">{fileSize === null ? "No file" : bytesWords(fileSize, format)}</Fact>
        <Fact term="Begun">{format.dateTime(operation.createdAt)}</Fact>
        <Fact term="Ended at Shopify">
          {operation.completedAt === null ? "Not yet" : format.dateTime(operation.completedAt)}
        </Fact>
        <Fact term="All read and counted">
          {operation.ingestedAt === null ? "Not yet" : format.dateTime(operation.ingestedAt)}
        </Fact>
        {fileUntil === null ? null : (
          <Fact term="Shopify keeps the file">
            {`${fileUntil > now ? "until" : "no longer; it ended"} ${format.dateTime(fileUntil)}`}
          </Fact>
        )}
        <Fact term="Id at Shopify">{operation.id.replace(/^.*\//, "")}</Fact>
      </InlineGrid>
    </BlockStack>
  );
}
