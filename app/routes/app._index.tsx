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

import { countCache } from "#app/cache/cache-counts.server.ts";
import { getContext } from "#app/context.server.ts";
import { countErpRecords } from "#app/erp/count-erp-records.server.ts";
import { loadProofLine } from "#app/reconcile/load-proof-line.server.ts";
import { authenticate } from "#app/shopify.server.ts";
import { useEmbeddedHref } from "#app/ui/embedded-href.ts";
import { Figure } from "#app/ui/figure.tsx";
import { ProofCard } from "#app/ui/proof-card.tsx";
import { viewProof } from "#app/ui/proof-view.ts";
import { useFormat } from "#app/ui/shop-format.tsx";

export async function loader({ request }: LoaderFunctionArgs) {
  const { session } = await authenticate.admin(request);
  const { database, now } = getContext();
  const { pool } = database;
  const { shop } = session;
  const [erp, cache, proof] = await Promise.all([
    countErpRecords(pool, { shop }),
    countCache(pool, shop),
    loadProofLine(pool, { shop, now: now() }),
  ]);
  const kinds = Object.values(cache);
  return {
    erp,
    proof: viewProof(proof),
    pending: kinds.reduce((sum, kind) => sum + kind.pending, 0),
    failed: kinds.reduce((sum, kind) => sum + kind.failed + kind.quarantined, 0),
  };
}

/** Whether yesterday is in the ERP as it is in Shopify, what is in the ERP, what waits and what failed, and the way to the sync. */
export default function Home() {
  const { erp, proof, pending, failed } = useLoaderData<typeof loader>();
  const format = useFormat();
  const settings = useEmbeddedHref()("/app/settings/shopify");
  const isEmpty = erp.products + erp.customers + erp.orders === 0;
  return (
    <Page>
      <TitleBar title="Home" />
      <Layout>
        <Layout.Section>
          <BlockStack gap="400">
            <ProofCard proof={proof} />
            {failed > 0 ? (
              <Banner
                tone="warning"
                title={`${format.number(failed)} ${failed === 1 ? "entry" : "entries"} could not become ERP records`}
                action={{ content: "See why", url: settings }}
              />
            ) : null}
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
