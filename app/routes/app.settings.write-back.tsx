import type { ActionFunctionArgs, HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { BlockStack, Box, Text } from "@shopify/polaris";
import { boundary } from "@shopify/shopify-app-remix/server";

import { listKinds } from "#app/outbox/list-kinds.server.ts";
import { listSettingsChanges } from "#app/settings/list-settings-changes.server.ts";
import { keepPage } from "#app/ui/keep-page.ts";
import { PageFrame } from "#app/ui/page-frame.tsx";
import { SettingsChangesCard } from "#app/ui/settings-changes-card.tsx";
import { WriteBackList } from "#app/ui/write-back-list.tsx";

import { answerIntent } from "./answer-intent.server.ts";
import { loadPage } from "./load-page.server.ts";
import { performWriteBackIntent } from "./perform-write-back-intent.server.ts";
import { viewSettingsChange } from "./view-settings-change.ts";
import { WriteBackIntent } from "./write-back-intent.ts";

export async function loader({ request }: LoaderFunctionArgs) {
  return loadPage(request, async ({ shop, pool }) => {
    const [standing, changes] = await Promise.all([
      listKinds(pool, { shop }),
      listSettingsChanges(pool, { shop, name: "writeBack", limit: 5 }),
    ]);
    return { ...standing, changes: changes.map(viewSettingsChange) };
  });
}

export async function action({ request }: ActionFunctionArgs) {
  return answerIntent(request, WriteBackIntent, performWriteBackIntent);
}

export const clientAction = keepPage;

/** What the app may change in the shop, kind by kind: each off until somebody has seen what it would send and switched it on. */
export default function WriteBack() {
  const { kinds, stockLeads, changes } = useLoaderData<typeof loader>();
  return (
    <PageFrame title="Write-back">
      <BlockStack gap="400">
        <Box paddingInline={{ xs: "400", sm: "0" }}>
          <Text as="p">
            What is done in the ERP can be told to Shopify. Nothing leaves by itself: each kind is off until
            you have seen what it would send and switched it on. What is off waits, and orders from before the
            cut-over are never touched.
          </Text>
        </Box>
        <WriteBackList kinds={kinds} stockLeads={stockLeads} />
        {changes.length === 0 ? null : <SettingsChangesCard changes={changes} />}
      </BlockStack>
    </PageFrame>
  );
}

/** Hands on what the library answers an invalid session token with: App Bridge then sends a new one. */
export const headers: HeadersFunction = (args) => boundary.headers(args);
