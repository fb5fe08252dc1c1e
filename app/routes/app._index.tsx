import type { HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { TitleBar } from "@shopify/app-bridge-react";
import {
  Banner,
  BlockStack,
  Button,
  Card,
  InlineGrid,
  InlineStack,
  Layout,
  Page,
  Text,
} from "@shopify/polaris";
import { boundary } from "@shopify/shopify-app-remix/server";

import { getContext } from "#app/context.server.ts";
import { authenticate } from "#app/shopify.server.ts";
import { ConnectionLost } from "#app/ui/connection-lost.tsx";
import { useEmbeddedHref } from "#app/ui/embedded-href.ts";
import { failedWords } from "#app/ui/failed-words.ts";
import { Figure } from "#app/ui/figure.tsx";
import { ProofCard } from "#app/ui/proof-card.tsx";
import { useFormat } from "#app/ui/shop-format.tsx";
import { useCheck } from "#app/ui/use-check.ts";
import { useHome } from "#app/ui/use-home.ts";

import { loadHome } from "./load-home.server.ts";

export async function loader({ request }: LoaderFunctionArgs) {
  const { session } = await authenticate.admin(request);
  const { database, now } = getContext();
  return loadHome(database.pool, { shop: session.shop, now: now() });
}

/** Whether yesterday is in the ERP as it is in Shopify, what is in the ERP, what waits and what failed, and the way to the sync; kept fresh without a reload. */
export default function Home() {
  const loaded = useLoaderData<typeof loader>();
  const check = useCheck();
  const { latest, lost } = useHome(loaded, check);
  const { erp, proof, pending, failed, schedulerProblem } = latest;
  const problem = failedWords(latest, useFormat());
  const settings = useEmbeddedHref()("/app/settings/shopify");
  const isEmpty = erp.products + erp.customers + erp.orders === 0;
  return (
    <Page>
      <TitleBar title="Home" />
      <Layout>
        <Layout.Section>
          <BlockStack gap="400">
            {lost ? <ConnectionLost /> : null}
            <ProofCard proof={proof} check={check} />
            {problem === null ? null : (
              <Banner tone="warning" title={problem} action={{ content: "See why", url: settings }} />
            )}
            {schedulerProblem === null ? null : (
              <Banner
                tone="warning"
                title={schedulerProblem.message}
                action={{ content: "Open the scheduler", url: settings }}
              >
                <Text as="p">{schedulerProblem.next}</Text>
              </Banner>
            )}
            <Card>
              <BlockStack gap="400">
                <Text as="h2" variant="headingMd">
                  In the ERP
                </Text>
                <InlineGrid columns={{ xs: 3 }} gap="400">
                  <Figure label="Products" value={erp.products} />
                  <Figure label="Customers" value={erp.customers} />
                  <Figure label="Orders" value={erp.orders} />
                </InlineGrid>
              </BlockStack>
            </Card>
            <Card>
              <BlockStack gap="400">
                <Text as="h2" variant="headingMd">
                  In the cache
                </Text>
                <InlineGrid columns={{ xs: 3 }} gap="400">
                  <Figure label="Pending" value={pending} />
                  <Figure label="Failed" value={failed} />
                </InlineGrid>
                <InlineStack gap="300" blockAlign="center">
                  <Button url={settings} variant={isEmpty ? "primary" : "secondary"}>
                    {isEmpty ? "Start the first sync" : "Open Shopify settings"}
                  </Button>
                </InlineStack>
              </BlockStack>
            </Card>
          </BlockStack>
        </Layout.Section>
      </Layout>
    </Page>
  );
}

/** Hands on what the library answers an invalid session token with: App Bridge then sends a new one. */
export const headers: HeadersFunction = (args) => boundary.headers(args);
