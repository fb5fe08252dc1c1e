import type { ActionFunctionArgs, HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { BlockStack, InlineGrid } from "@shopify/polaris";
import { boundary } from "@shopify/shopify-app-remix/server";
import { useState } from "react";

import { erpLocationOf, erpLocations } from "#app/erp/inventory/erp-locations.ts";
import { loadErpStock } from "#app/erp/inventory/load-erp-stock.server.ts";
import type { StockItem } from "#app/erp/inventory/stock-item.ts";
import { loadStockCompared } from "#app/jobs/load-stock-compared.server.ts";
import { loadSettings } from "#app/settings/load-settings.server.ts";
import { ErpStockCell } from "#app/ui/erp-stock-cell.tsx";
import { ErpStockModal } from "#app/ui/erp-stock-modal.tsx";
import { keepPage } from "#app/ui/keep-page.ts";
import type { PageAnswer } from "#app/ui/page-answer.ts";
import { PageFrame } from "#app/ui/page-frame.tsx";
import { ResourceList } from "#app/ui/resource-list.tsx";
import { useFormat } from "#app/ui/shop-format.tsx";
import { CompactStockItem, stockColumns } from "#app/ui/stock-columns.tsx";
import { stockFilters, stockListViews, stockSorts } from "#app/ui/stock-filters.ts";
import { StockLocationsCard } from "#app/ui/stock-locations-card.tsx";
import { StockSyncCard } from "#app/ui/stock-sync-card.tsx";
import type { StockSync } from "#app/ui/stock-view.ts";
import { itemName, itemPath, locationName } from "#app/ui/stock-words.ts";
import { isActive } from "#app/ui/sync-view.ts";
import { useExport } from "#app/ui/use-export.ts";
import { useGo } from "#app/ui/use-go.ts";
import { useIntent } from "#app/ui/use-intent.ts";
import { stockJob, useStockSync } from "#app/ui/use-stock-sync.ts";

import { answerIntent } from "./answer-intent.server.ts";
import { loadPage } from "./load-page.server.ts";
import { loadJobProgress } from "./load-sync-progress.server.ts";
import { performStockIntent } from "./perform-stock-intent.server.ts";
import { PAGE_ROWS } from "./read-list-query.ts";
import { StockIntent } from "./stock-intent.ts";
import { readStockQuery } from "./stock-query.server.ts";

export async function loader({ request }: LoaderFunctionArgs) {
  return loadPage(request, async ({ shop, pool, now: at }) => {
    const [list, { jobs, now }, compared, settings] = await Promise.all([
      readStockQuery(pool, request, { shop }).then(async ({ load, at: from, ...query }) => ({
        ...query,
        page: await load(pool, PAGE_ROWS, from),
      })),
      loadJobProgress(pool, { shop, now: at }),
      loadStockCompared(pool, { shop }),
      loadSettings(pool, { shop }),
    ]);
    const sync: StockSync = {
      ...{ now, job: stockJob(jobs) },
      compared: compared && { ...compared, at: compared.at.toISOString() },
    };
    const skuIds = list.page.rows.flatMap(({ sku }) => sku?.id ?? []);
    const erpStock = await loadErpStock(pool, { shop, skuIds });
    return { ...list, sync, erpStock, pairs: settings.stock.locations };
  });
}

export async function action({ request }: ActionFunctionArgs) {
  return answerIntent(request, StockIntent, performStockIntent);
}

export const clientAction = keepPage;

/** What Shopify says of the stock: an item a row, with its levels at each location. */
export default function Inventory() {
  const { page, ignored, locations, chosen, isGone, sync, erpStock, pairs } = useLoaderData<typeof loader>();
  const format = useFormat();
  const go = useGo();
  const { send, pending, answer, again } = useIntent("stock");
  const { latest, lost } = useStockSync(sync);
  const erp = useIntent("erp-stock");
  const [asked, ask] = useState<{ item: StockItem; before: PageAnswer | undefined } | null>(null);
  const news = asked !== null && erp.answer !== asked.before ? erp.answer : undefined;
  const erpCell = (item: StockItem) => (
    <ErpStockCell
      {...{ item, locations }}
      stock={erpStock}
      onChange={() => {
        ask({ item, before: erp.answer });
      }}
    />
  );
  const syncNow = () => {
    send({ intent: "sync-stock" });
  };
  const isBusy = pending("intent") !== null || (latest.job !== null && isActive(latest.job));
  const shown = locations.filter(({ id }) => chosen === undefined || chosen.includes(id));
  const places = { locations: shown, isGone };
  return (
    <PageFrame
      title="Inventory"
      width="full"
      actions={[
        {
          label: isBusy ? "Syncing stock…" : "Sync stock now",
          primary: true,
          disabled: isBusy,
          onAction: syncNow,
        },
        useExport("/app/inventory/export", "inventory"),
        {
          label: "Compare with the ERP's",
          onAction: () => {
            go("/app/inventory/compare");
          },
        },
      ]}
    >
      <BlockStack gap="400">
        <InlineGrid columns={locations.length === 0 ? 1 : { xs: 1, lg: 2 }} gap="400" alignItems="start">
          <StockSyncCard sync={latest} lost={lost} answer={answer} onRetry={again} />
          {locations.length === 0 ? null : (
            <StockLocationsCard
              locations={locations}
              sync={latest.job === null ? "" : `${latest.job.id} ${latest.job.status}`}
            />
          )}
        </InlineGrid>
        <ResourceList<StockItem>
          resource={{ singular: "item", plural: "items" }}
          page={page}
          ignored={ignored}
          idOf={(item) => item.itemId}
          primary={{ title: "SKU", words: itemName, path: itemPath }}
          columns={[...stockColumns(places, format), { title: "ERP stock", cell: erpCell }]}
          compact={(item) => (
            <>
              <CompactStockItem item={item} locations={locations} format={format} />
              {erpCell(item)}
            </>
          )}
          searchLabel="Search by SKU, title, barcode or inventory item id"
          filters={stockFilters(locations)}
          views={stockListViews}
          sorts={stockSorts}
          empty={{
            ...(isBusy
              ? {
                  heading: "Stock is being synced",
                  text: "Its levels appear here as soon as the sync has ended.",
                }
              : {
                  heading: "No stock yet",
                  text: "Stock levels come with the first stock sync, and from then on as they change.",
                  action: { label: "Sync stock now", onAction: syncNow },
                }),
          }}
        />
      </BlockStack>
      {asked === null || news?.ok ? null : (
        <ErpStockModal
          key={asked.item.itemId}
          item={asked.item}
          places={erpLocations(
            pairs,
            locations.filter((one) => one.isActive).map((one) => ({ id: one.id, name: locationName(one) })),
          )}
          first={erpLocationOf(pairs, asked.item.levels[0]?.locationId ?? "")}
          stock={erpStock}
          isBusy={erp.pending("intent") !== null}
          answer={news}
          onClose={() => {
            ask(null);
          }}
          onSave={(change) => {
            erp.send({ intent: "change-erp-stock", skuId: asked.item.sku?.id ?? "", ...change });
          }}
        />
      )}
    </PageFrame>
  );
}

/** Hands on what the library answers an invalid session token with: App Bridge then sends a new one. */
export const headers: HeadersFunction = (args) => boundary.headers(args);
