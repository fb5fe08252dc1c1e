import type { ActionFunctionArgs, HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { BlockStack } from "@shopify/polaris";
import { boundary } from "@shopify/shopify-app-remix/server";

import { ConnectionLost } from "#app/ui/connection-lost.tsx";
import { DelaysChart } from "#app/ui/delays-chart.tsx";
import type { Sending } from "#app/ui/home-action-button.tsx";
import { HomeFigures } from "#app/ui/home-figures.tsx";
import { HomeProblemsCard } from "#app/ui/home-problems-card.tsx";
import { homeProblems } from "#app/ui/home-problems.ts";
import { keepPage } from "#app/ui/keep-page.ts";
import { LastRunsCard } from "#app/ui/last-runs-card.tsx";
import { OrdersChart } from "#app/ui/orders-chart.tsx";
import { PageFrame } from "#app/ui/page-frame.tsx";
import { ProofCard } from "#app/ui/proof-card.tsx";
import { SetupChecklist } from "#app/ui/setup-checklist.tsx";
import { setupSteps } from "#app/ui/setup-steps.ts";
import { useFormat } from "#app/ui/shop-format.tsx";
import { isOpen } from "#app/ui/sync-view.ts";
import { useCharts } from "#app/ui/use-charts.ts";
import { useCheck } from "#app/ui/use-check.ts";
import { useHome } from "#app/ui/use-home.ts";
import { useIntent } from "#app/ui/use-intent.ts";

import { answerIntent } from "./answer-intent.server.ts";
import { HomeIntent } from "./home-intent.ts";
import { loadHome } from "./load-home.server.ts";
import { loadPage } from "./load-page.server.ts";
import { pageClient } from "./page-client.server.ts";
import { performHomeIntent } from "./perform-home-intent.server.ts";

export async function loader({ request }: LoaderFunctionArgs) {
  return loadPage(request, ({ shop, pool, now, connection, context }) =>
    loadHome(pool, { shop, now, connection, apiVersion: context.env.shopify?.apiVersion ?? "" }),
  );
}

export async function action({ request }: ActionFunctionArgs) {
  return answerIntent(request, HomeIntent, (visit, intent) => {
    const { shop, userId, connection, context } = visit;
    const asker = {
      ...{ shop, userId, timeZone: connection.timeZone ?? "UTC", requestedBy: "page" },
      client: pageClient(context, visit),
    };
    return performHomeIntent(context, asker, intent);
  });
}

export const clientAction = keepPage;

/**
 * Whether yesterday is in the ERP as it is in Shopify; what is wrong now, why, and the button that mends it; the first set-up; what is
 * in the ERP and on its way there; how it went lately. Kept fresh without a reload.
 */
export default function Home() {
  const loaded = useLoaderData<typeof loader>();
  const check = useCheck();
  const { latest, lost } = useHome(loaded, check);
  const { charts, lost: chartsLost } = useCharts();
  const { send, pending, answer, again } = useIntent("home");
  const format = useFormat();
  const state: Sending = {
    ...{ send, sending: pending },
    openJobs: new Set(latest.lastRuns.filter(({ status }) => isOpen(status)).map(({ jobType }) => jobType)),
  };
  return (
    <PageFrame title="Home">
      <BlockStack gap="400">
        {lost || chartsLost ? <ConnectionLost /> : null}
        <ProofCard proof={latest.proof} check={check} />
        <HomeProblemsCard
          problems={homeProblems(latest, format)}
          state={state}
          answer={answer}
          onRetry={again}
        />
        <SetupChecklist setup={setupSteps(latest, format)} state={state} />
        <HomeFigures view={latest} erp={charts?.erp ?? null} />
        <OrdersChart days={charts?.days ?? null} />
        <DelaysChart delays={charts?.delays ?? null} />
        <LastRunsCard runs={latest.lastRuns} />
      </BlockStack>
    </PageFrame>
  );
}

/** Hands on what the library answers an invalid session token with: App Bridge then sends a new one. */
export const headers: HeadersFunction = (args) => boundary.headers(args);
