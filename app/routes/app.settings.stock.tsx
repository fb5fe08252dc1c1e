import type { ActionFunctionArgs, HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { boundary } from "@shopify/shopify-app-remix/server";
import { z } from "zod";

import { listMappedPlaces } from "#app/erp/inventory/list-mapped-places.server.ts";
import { listSettingsChanges } from "#app/settings/list-settings-changes.server.ts";
import { loadSettings } from "#app/settings/load-settings.server.ts";
import { saveSettings } from "#app/settings/save-settings.server.ts";
import { settingVersions } from "#app/settings/setting-versions.server.ts";
import { ShopSettings } from "#app/settings/settings-schema.ts";
import { keepPage } from "#app/ui/keep-page.ts";
import type { PageAnswer } from "#app/ui/page-answer.ts";
import { PageFrame } from "#app/ui/page-frame.tsx";
import { StockRulesEditor } from "#app/ui/stock-rules-editor.tsx";
import type { StockRulesView } from "#app/ui/stock-rules-view.ts";
import { useTaken } from "#app/ui/use-taken.ts";

import { answerIntent } from "./answer-intent.server.ts";
import { jsonField } from "./json-field.ts";
import { loadPage } from "./load-page.server.ts";
import { viewSettingsChange } from "./view-settings-change.ts";

/** The settings that changed, and the version the person saw. */
const Intent = z.object({
  intent: z.literal("save"),
  fields: jsonField(ShopSettings.shape.stock.partial()),
  seen: z.string(),
});

export async function loader({ request }: LoaderFunctionArgs) {
  return loadPage(request, async ({ shop, pool }): Promise<StockRulesView> => {
    const settings = await loadSettings(pool, { shop });
    const named = settings.stock.locations.map(({ shopify }) => shopify);
    const [places, changes] = await Promise.all([
      listMappedPlaces(pool, { shop, named }),
      listSettingsChanges(pool, { shop, limit: 1, name: "stock" }),
    ]);
    return {
      ...{ form: settings.stock, places, isSending: settings.writeBack.inventorySet },
      version: settingVersions(settings).stock ?? "",
      lastChange: changes.map(viewSettingsChange)[0] ?? null,
    };
  });
}

export async function action({ request }: ActionFunctionArgs) {
  return answerIntent(request, Intent, async (visit, { fields, seen }): Promise<PageAnswer> => {
    const { shop, pool, userId: actor, now } = visit;
    await saveSettings(pool, { shop, patch: { stock: fields }, seen: { stock: seen }, actor, now });
    return { ok: true, message: "Stock rules saved" };
  });
}

export const clientAction = keepPage;

/** Whose stock counts, what holds where both have changed it, and which of the ERP's locations feed which of Shopify's. */
export default function StockRules() {
  const data = useLoaderData<typeof loader>();
  const { taken, takeNewest } = useTaken(data);
  return (
    <PageFrame title="Stock rules">
      <StockRulesEditor key={taken.version} standsOn={taken} latest={data} onNewest={takeNewest} />
    </PageFrame>
  );
}

/** Hands on what the library answers an invalid session token with: App Bridge then sends a new one. */
export const headers: HeadersFunction = (args) => boundary.headers(args);
