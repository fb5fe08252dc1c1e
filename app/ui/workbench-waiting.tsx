import { Banner, BlockStack, Box, Button, Link, Text } from "@shopify/polaris";
import { useState } from "react";

import type { AwaitedSku, Workbench, WorkbenchCounts } from "#app/erp/catalog/workbench-views.ts";

import { AnswerProblem } from "./answer-problem.tsx";
import { counted } from "./counted.ts";
import { CursorPages } from "./cursor-pages.tsx";
import { useEmbeddedHref } from "./embedded-href.ts";
import { MapToSku } from "./map-to-sku.tsx";
import { NothingHere } from "./nothing-here.tsx";
import { SearchedRows, type PartSearch } from "./part-search.tsx";
import { RowsTable } from "./rows-table.tsx";
import { useFormat } from "./shop-format.tsx";
import { useIntent } from "./use-intent.ts";
import type { WorkbenchAnswer } from "./workbench-answer.ts";
import { WorkbenchReleased } from "./workbench-released.tsx";

type Waiting = Extract<Workbench, { part: "waiting" }>["waiting"];

/** Variants that orders name and the catalogue does not know, and what releases those orders. */
export function WorkbenchWaiting({
  waiting,
  counts,
  search,
}: {
  waiting: Waiting;
  counts: WorkbenchCounts;
  search: PartSearch;
}) {
  const format = useFormat();
  const { send, pending, answer } = useIntent<WorkbenchAnswer>("map-sku");
  const [opened, open] = useState<{ sku: AwaitedSku; before: WorkbenchAnswer | undefined } | null>(null);
  const news = opened !== null && answer !== opened.before ? answer : undefined;
  // A mapping that was saved closes what asked for it.
  const chosen = news?.ok ? null : (opened?.sku ?? null);
  // What was released may come back for another SKU: nobody says yet that nothing waits.
  const isReleasing = answer?.released !== undefined && counts.releasing > 0;
  const mapButton = (sku: AwaitedSku) => (
    <Button
      accessibilityLabel={`Map to SKU: ${nameOf(sku)}`}
      onClick={() => {
        open({ sku, before: answer });
      }}
    >
      Map to SKU
    </Button>
  );
  return (
    <BlockStack>
      <Box padding="400" paddingBlockEnd="0">
        <BlockStack gap="400">
          {/* Refused after its dialog was closed: what is open says it itself. */}
          {opened === null ? <AnswerProblem answer={answer} /> : null}
          <WorkbenchReleased released={answer?.released} releasing={counts.releasing} />
          {counts.waiting > 0 ? <WhatHelps waiting={waiting} counts={counts} /> : null}
        </BlockStack>
      </Box>
      <SearchedRows
        search={search}
        label="Search by SKU, title or variant id"
        isEmpty={waiting.rows.length === 0}
        nothing={
          counts.waiting === 0 && !isReleasing ? (
            <NothingHere heading="No order waits for a SKU">
              An order that names an unknown SKU is kept whole and shown here until the SKU is known.
            </NothingHere>
          ) : null
        }
      >
        <RowsTable
          resource={{ singular: "SKU", plural: "SKUs" }}
          rows={waiting.rows}
          idOf={(sku) => sku.shopifyVariantId}
          columns={[
            { title: "SKU in the orders", cell: (sku) => <Named sku={sku} /> },
            { title: "Variant", cell: (sku) => sku.shopifyVariantId },
            { title: "Orders waiting", numeric: true, cell: (sku) => format.number(sku.orders) },
            { title: "For example", cell: (sku) => <Examples sku={sku} /> },
            { title: "Action", cell: mapButton },
          ]}
          compact={(sku) => (
            <>
              <Named sku={sku} />
              <Text as="span">{`${counted(format, sku.orders, "order waits", "orders wait")} · variant ${sku.shopifyVariantId}`}</Text>
              <Examples sku={sku} />
              {mapButton(sku)}
            </>
          )}
        />
        <CursorPages page={waiting} label="Awaited SKUs" />
      </SearchedRows>
      <MapToSku
        key={chosen?.shopifyVariantId ?? "none"}
        awaited={chosen}
        answer={news}
        isSaving={pending("intent") !== null}
        onClose={() => {
          open(null);
        }}
        onMap={(skuId) => {
          if (chosen) send({ intent: "map", variantId: chosen.shopifyVariantId, skuId, seen: "" });
        }}
      />
    </BlockStack>
  );
}

function WhatHelps({ waiting, counts }: { waiting: Waiting; counts: WorkbenchCounts }) {
  const format = useFormat();
  const orders = counted(format, counts.waiting, "order waits", "orders wait");
  return (
    <Banner tone="warning" title={`${orders} for a SKU that is not in the catalogue`}>
      <BlockStack gap="100">
        <Text as="p">
          Is the product in Shopify? Then sync all products: these orders go on by themselves. Is it gone, or
          is it another of your SKUs? Then map it here, once for all its orders.
        </Text>
        {waiting.isAll ? null : (
          <Text as="p">
            The newest 250 of them are counted below. So many wait mostly before the first product sync.
          </Text>
        )}
        {waiting.ready > 0 ? (
          <Text as="p">
            {`${counted(format, waiting.ready, "order has", "orders have")} all SKUs by now and go through at the next try.`}
          </Text>
        ) : null}
      </BlockStack>
    </Banner>
  );
}

function Named({ sku }: { sku: AwaitedSku }) {
  const details = [sku.title, sku.variantTitle].filter(Boolean).join(" · ");
  return (
    <BlockStack>
      <Text as="span" fontWeight="semibold" breakWord>
        {nameOf(sku)}
      </Text>
      {sku.skuText === null ? null : (
        <Text as="span" tone="subdued" breakWord>
          {details}
        </Text>
      )}
    </BlockStack>
  );
}

function Examples({ sku }: { sku: AwaitedSku }) {
  const href = useEmbeddedHref();
  return (
    <span>
      {sku.examples.map(({ id, orderNumber }, index) => (
        <span key={id}>
          {index > 0 ? ", " : ""}
          <Link url={href(`/app/cache/order/${id}`)}>{orderNumber}</Link>
        </span>
      ))}
      {sku.orders > sku.examples.length ? " …" : ""}
    </span>
  );
}

/** What the orders call it: its SKU text, else its title. */
function nameOf({ skuText, title, variantTitle }: AwaitedSku): string {
  return skuText ?? [title, variantTitle].filter(Boolean).join(" · ");
}
