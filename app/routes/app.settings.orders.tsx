import type { ActionFunctionArgs, HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { boundary } from "@shopify/shopify-app-remix/server";

import { listSettingsChanges } from "#app/settings/list-settings-changes.server.ts";
import { loadCutOver } from "#app/settings/load-cut-over.server.ts";
import { loadSettings } from "#app/settings/load-settings.server.ts";
import { orderRulesForm } from "#app/settings/order-rules-form.ts";
import { settingVersions } from "#app/settings/setting-versions.server.ts";
import { keepPage } from "#app/ui/keep-page.ts";
import { OrderRulesEditor } from "#app/ui/order-rules-editor.tsx";
import type { OrderRulesView } from "#app/ui/order-rules-view.ts";
import { PageFrame } from "#app/ui/page-frame.tsx";
import { useTaken } from "#app/ui/use-taken.ts";

import { answerIntent } from "./answer-intent.server.ts";
import { loadPage } from "./load-page.server.ts";
import { OrderRulesIntent, saveOrderRules } from "./save-order-rules.server.ts";
import { viewSettingsChange } from "./view-settings-change.ts";

export async function loader({ request }: LoaderFunctionArgs) {
  return loadPage(request, async ({ shop, pool, now, connection }): Promise<OrderRulesView> => {
    const [settings, cutOver, changes] = await Promise.all([
      loadSettings(pool, { shop }),
      loadCutOver(pool, { shop }),
      listSettingsChanges(pool, { shop }),
    ]);
    const timeZone = connection.timeZone ?? "UTC";
    const versions = settingVersions(settings);
    return {
      form: orderRulesForm(settings, { ...cutOver, timeZone }),
      installedAt: cutOver.installedAt.toISOString(),
      timeZone,
      now: now.toISOString(),
      versions,
      version: settingVersions({ all: versions }).all ?? "",
      changes: changes.map(viewSettingsChange),
    };
  });
}

export async function action({ request }: ActionFunctionArgs) {
  return answerIntent(request, OrderRulesIntent, saveOrderRules);
}

export const clientAction = keepPage;

/** From when on orders count, what holds them, what is collected, and how long things are kept. */
export default function OrderRules() {
  const data = useLoaderData<typeof loader>();
  const { taken, takeNewest } = useTaken(data);
  return (
    <PageFrame title="Order rules">
      <OrderRulesEditor key={taken.version} standsOn={taken} latest={data} onNewest={takeNewest} />
    </PageFrame>
  );
}

/** Hands on what the library answers an invalid session token with: App Bridge then sends a new one. */
export const headers: HeadersFunction = (args) => boundary.headers(args);
