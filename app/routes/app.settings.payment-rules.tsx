import type { ActionFunctionArgs, HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { boundary } from "@shopify/shopify-app-remix/server";
import { z } from "zod";

import { listUnknownGateways } from "#app/erp/payments/list-unknown-gateways.server.ts";
import { previewPaymentRules } from "#app/erp/payments/preview-payment-rules.server.ts";
import { followSettings } from "#app/erp/rules/follow-settings.server.ts";
import { listSettingsChanges } from "#app/settings/list-settings-changes.server.ts";
import { loadSettings } from "#app/settings/load-settings.server.ts";
import { matchGateway } from "#app/settings/match-gateway.ts";
import { saveSettings } from "#app/settings/save-settings.server.ts";
import { settingVersions } from "#app/settings/setting-versions.server.ts";
import { ShopSettings } from "#app/settings/settings-schema.ts";
import { notifyCachePending } from "#app/shopify/webhooks/notify-cache-pending.server.ts";
import { createFormat } from "#app/ui/format.ts";
import { keepPage } from "#app/ui/keep-page.ts";
import { PageFrame } from "#app/ui/page-frame.tsx";
import { PaymentRulesEditor } from "#app/ui/payment-rules-editor.tsx";
import type { PaymentRulesView, RulesAnswer } from "#app/ui/payment-rules-view.ts";
import { useTaken } from "#app/ui/use-taken.ts";

import { answerIntent } from "./answer-intent.server.ts";
import { jsonField } from "./json-field.ts";
import { loadPage } from "./load-page.server.ts";
import { viewSettingsChange } from "./view-settings-change.ts";

const rules = jsonField(ShopSettings.shape.paymentRules);
const Intent = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("preview"), rules }),
  z.object({ intent: z.literal("save"), rules, seen: z.string() }),
]);

export async function loader({ request }: LoaderFunctionArgs) {
  return loadPage(request, async ({ shop, pool }): Promise<PaymentRulesView> => {
    const [settings, unknown, changes] = await Promise.all([
      loadSettings(pool, { shop }),
      listUnknownGateways(pool, { shop }),
      listSettingsChanges(pool, { shop, limit: 1, name: "paymentRules" }),
    ]);
    return {
      rules: settings.paymentRules,
      version: settingVersions(settings).paymentRules ?? "",
      // What rules saved just now know is unknown to nobody, though its orders wait to be computed.
      unknown: unknown
        .filter(({ name }) => matchGateway(name, settings.paymentRules) === null)
        .map((one) => ({ ...one, lastSeenAt: one.lastSeenAt.toISOString() })),
      lastChange: changes.map(viewSettingsChange)[0] ?? null,
    };
  });
}

export async function action({ request }: ActionFunctionArgs) {
  return answerIntent(request, Intent, async (visit, intent): Promise<RulesAnswer> => {
    const { shop, pool, userId, now, connection, context } = visit;
    if (intent.intent === "preview")
      return {
        ok: true,
        message: null,
        preview: await previewPaymentRules(pool, { shop, rules: intent.rules }),
      };
    const patch = { paymentRules: intent.rules };
    await saveSettings(pool, { shop, patch, seen: { paymentRules: intent.seen }, actor: userId, now });
    const woken = await followSettings(pool, { shop, now });
    if (woken > 0) notifyCachePending(pool, context.log);
    const { number } = createFormat(connection);
    const computed = woken === 1 ? "1 order is" : `${number(woken)} orders are`;
    return {
      ok: true,
      message: woken === 0 ? "Payment rules saved" : `Payment rules saved: ${computed} computed again`,
    };
  });
}

export const clientAction = keepPage;

/** Which gateway names, tags and attributes mean cash on delivery, and which prepaid. */
export default function PaymentRules() {
  const data = useLoaderData<typeof loader>();
  const { taken, takeNewest } = useTaken(data);
  return (
    <PageFrame title="Payment rules">
      <PaymentRulesEditor key={taken.version} standsOn={taken} latest={data} onNewest={takeNewest} />
    </PageFrame>
  );
}

/** Hands on what the library answers an invalid session token with: App Bridge then sends a new one. */
export const headers: HeadersFunction = (args) => boundary.headers(args);
