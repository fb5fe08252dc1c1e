import type { ActionFunctionArgs, HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData, useRevalidator } from "@remix-run/react";
import { InlineStack } from "@shopify/polaris";
import { boundary } from "@shopify/shopify-app-remix/server";
import { useEffect, useState } from "react";

import { keepPage } from "#app/ui/keep-page.ts";
import { OrderMarks } from "#app/ui/order-marks.tsx";
import { OrderPage } from "#app/ui/order-page.tsx";
import type { OrderEntryView } from "#app/ui/order-view.ts";
import { OrderPaymentModal } from "#app/ui/order-payment-modal.tsx";
import { PageFrame } from "#app/ui/page-frame.tsx";
import { useFormat } from "#app/ui/shop-format.tsx";
import { StatusBadge } from "#app/ui/status-badge.tsx";
import { useIntent } from "#app/ui/use-intent.ts";
import { watchEntry } from "#app/ui/watch-cache.ts";

import { answerIntent } from "./answer-intent.server.ts";
import { loadOrderView } from "./load-order-view.server.ts";
import { loadPage } from "./load-page.server.ts";
import { OrderIntent } from "./order-intent.ts";
import { performOrderIntent } from "./perform-order-intent.server.ts";
import { readId } from "./record-id.ts";

export async function loader({ request, params }: LoaderFunctionArgs) {
  return loadPage(request, (visit) => loadOrderView(visit, readId(params.id)));
}

export async function action({ request, params }: ActionFunctionArgs) {
  return answerIntent(request, OrderIntent, (visit, intent) =>
    performOrderIntent(visit, readId(params.id), intent),
  );
}

export const clientAction = keepPage;

/** One order: what it is, what stands against it, its goods, its money, and what happened to it. */
export default function Order() {
  const view = useLoaderData<typeof loader>();
  const { order, entry, correction } = view;
  const format = useFormat();
  const work = useIntent("order");
  const payment = useIntent("order-payment");
  const [isCorrecting, setCorrecting] = useState(false);
  useWatchWhilePending(view.id, entry);
  const [answered, setAnswered] = useState(payment.answer);
  if (payment.answer !== answered) {
    setAnswered(payment.answer);
    if (payment.answer?.ok) setCorrecting(false);
  }
  const onFetch = () => {
    work.send({ intent: "fetch" });
  };
  const busyWith = work.pending("intent");
  return (
    <PageFrame
      title={`Order ${order?.orderNumber ?? entry?.orderNumber ?? view.id}`}
      subtitle={order === null ? undefined : format.dateTime(order.orderDate)}
      back={{ label: "Orders", path: "/app/orders" }}
      badges={
        order === null ? (
          <StatusBadge of="entry" status={entry?.status ?? "pending"} />
        ) : (
          <InlineStack gap="100">
            <StatusBadge of="order" status={order.status} />
            <StatusBadge of="payment" status={order.paymentMethod} />
            {order.financialStatus === null ? null : (
              <StatusBadge of="financial" status={order.financialStatus} />
            )}
            <OrderMarks order={order} />
          </InlineStack>
        )
      }
      actions={[
        {
          label: busyWith === "fetch" ? "Fetching…" : "Fetch again from Shopify",
          disabled: busyWith !== null || view.isErased,
          onAction: onFetch,
        },
        ...(order === null || entry === null
          ? []
          : [
              {
                label: "Correct payment method",
                onAction: () => {
                  setCorrecting(true);
                },
              },
            ]),
      ]}
    >
      <OrderPage
        view={view}
        answer={work.answer}
        onAgain={work.again}
        busyWith={busyWith}
        onFetch={onFetch}
        onCorrect={() => {
          setCorrecting(true);
        }}
        onRetry={() => {
          work.send({ intent: "retry" });
        }}
      />
      {isCorrecting && order !== null ? (
        <OrderPaymentModal
          known={{ method: order.paymentMethod, correction }}
          isBusy={payment.pending("intent") !== null}
          answer={payment.answer}
          onClose={() => {
            setCorrecting(false);
          }}
          onSave={(method, reason) => {
            payment.send({ intent: "correct-payment", method, reason });
          }}
        />
      ) : null}
    </PageFrame>
  );
}

/** While the worker is at the order, the page looks where its entry stands, and loads itself anew once that has changed. */
function useWatchWhilePending(id: string, entry: OrderEntryView | null) {
  const { revalidate } = useRevalidator();
  const { status, processedAt, receivedAt } = entry ?? {};
  useEffect(() => {
    if (status !== "pending" || processedAt === undefined || receivedAt === undefined) return;
    return watchEntry({ kind: "order", id, status, processedAt, receivedAt }, revalidate);
  }, [id, status, processedAt, receivedAt, revalidate]);
}

/** Hands on what the library answers an invalid session token with: App Bridge then sends a new one. */
export const headers: HeadersFunction = (args) => boundary.headers(args);
