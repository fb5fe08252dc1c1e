import type { ActionFunctionArgs, HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { BlockStack, Layout } from "@shopify/polaris";
import { boundary } from "@shopify/shopify-app-remix/server";
import { z } from "zod";

import { ConnectionLost } from "#app/ui/connection-lost.tsx";
import { DeliveryAbout } from "#app/ui/delivery-about.tsx";
import { DeliveryBody } from "#app/ui/delivery-body.tsx";
import { DeliveryProblem, DeliveryTimes } from "#app/ui/delivery-times.tsx";
import { keepPage } from "#app/ui/keep-page.ts";
import { PageFrame } from "#app/ui/page-frame.tsx";
import { StatusBadge } from "#app/ui/status-badge.tsx";
import { useDelivery } from "#app/ui/use-delivery.ts";
import type { DeliveryPageView } from "#app/ui/webhook-pages-view.ts";

import { answerIntent } from "./answer-intent.server.ts";
import { loadPage } from "./load-page.server.ts";
import { loadBodyView, loadDeliveryView } from "./load-webhook-pages.server.ts";
import { readId } from "./record-id.ts";
import { retryFailures } from "./retry-failures.server.ts";

const Intent = z.object({ intent: z.literal("retry") });

export async function loader({ request, params }: LoaderFunctionArgs) {
  return loadPage(request, async ({ shop, pool, url }): Promise<DeliveryPageView> => {
    const id = readId(params.id);
    const delivery = await loadDeliveryView(pool, { shop, id });
    // Persons are in it: it leaves the database only for somebody who asked to see it.
    const isAsked = url.searchParams.get("show") === "body";
    const body = isAsked ? await loadBodyView(pool, { shop, id, size: delivery.bodySize }) : null;
    return { delivery, body };
  });
}

export async function action({ request, params }: ActionFunctionArgs) {
  return answerIntent(request, Intent, async ({ shop, context }) => {
    const one = { kind: "delivery", id: readId(params.id) } as const;
    const { message } = await retryFailures(context, { shop, requestedBy: "page", one });
    return { ok: true, message };
  });
}

export const clientAction = keepPage;

/** One webhook: what became of it, when, why, and what it brought where that is kept. */
export default function Delivery() {
  const loaded = useLoaderData<typeof loader>();
  const { latest, lost } = useDelivery(loaded);
  const { delivery, body } = latest;
  return (
    <PageFrame
      title={delivery.topic}
      badges={<StatusBadge of="delivery" status={delivery.state} />}
      back={{ label: "Webhooks", path: "/app/webhooks" }}
    >
      <Layout>
        <Layout.Section>
          <BlockStack gap="400">
            {lost ? <ConnectionLost /> : null}
            <DeliveryProblem delivery={delivery} />
            <DeliveryTimes delivery={delivery} />
            <DeliveryBody delivery={delivery} body={body} />
          </BlockStack>
        </Layout.Section>
        <Layout.Section variant="oneThird">
          <DeliveryAbout delivery={delivery} />
        </Layout.Section>
      </Layout>
    </PageFrame>
  );
}

/** Hands on what the library answers an invalid session token with: App Bridge then sends a new one. */
export const headers: HeadersFunction = (args) => boundary.headers(args);
