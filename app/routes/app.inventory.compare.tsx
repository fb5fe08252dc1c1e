import type { ActionFunctionArgs, HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { boundary } from "@shopify/shopify-app-remix/server";

import { loadStockComparison } from "#app/erp/inventory/compare-stock.server.ts";
import { countStockQuestions } from "#app/outbox/count-stock-questions.server.ts";
import { loadStockWishes } from "#app/outbox/load-stock-wishes.server.ts";
import { missingScope } from "#app/outbox/sent-kinds.ts";
import { loadSettings } from "#app/settings/load-settings.server.ts";
import { keepPage } from "#app/ui/keep-page.ts";
import { StockComparePage } from "#app/ui/stock-compare-page.tsx";
import { comparedId, type StockCompareView } from "#app/ui/stock-compare-view.ts";

import { answerIntent } from "./answer-intent.server.ts";
import { loadPage } from "./load-page.server.ts";
import { performStockSend, StockSendIntent } from "./perform-stock-send.server.ts";
import { PAGE_ROWS } from "./read-list-query.ts";
import { readStockCompareQuery } from "./stock-compare-query.ts";

export async function loader({ request }: LoaderFunctionArgs) {
  return loadPage(request, async ({ shop, pool, connection }): Promise<StockCompareView> => {
    const { filter, at, ignored } = readStockCompareQuery(request);
    const [{ stock, writeBack }, { waits, ...page }, questions] = await Promise.all([
      loadSettings(pool, { shop }),
      loadStockComparison(pool, { shop, filter, at, limit: PAGE_ROWS }),
      countStockQuestions(pool, { shop }),
    ]);
    return {
      wishes: await loadStockWishes(pool, { shop, ids: page.rows.map(comparedId) }),
      ...{ page, waits, questions, ignored, leads: stock.leads, onConflict: stock.onConflict },
      isSending: writeBack.inventorySet,
      missingScope: missingScope("inventorySet", connection.scopes),
    };
  });
}

export async function action({ request }: ActionFunctionArgs) {
  return answerIntent(request, StockSendIntent, performStockSend);
}

export const clientAction = keepPage;

/** What the ERP would have Shopify show beside what it shows, level by level; and the way to have it sent. */
export default function CompareStock() {
  return <StockComparePage view={useLoaderData<typeof loader>()} />;
}

/** Hands on what the library answers an invalid session token with: App Bridge then sends a new one. */
export const headers: HeadersFunction = (args) => boundary.headers(args);
