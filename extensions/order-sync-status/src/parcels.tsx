import type { OrderSyncStatus } from "#app/routes/api/order-sync-schema.ts";
import type { Format } from "#app/ui/format.ts";

import { lookOf } from "./sync-look.ts";

type Order = NonNullable<OrderSyncStatus["order"]>;
type Parcel = Order["parcels"][number];

/** Each parcel: where it is, who carries it under which number, and what its label says. */
export function Parcels({
  order: { parcels, presentmentCurrency },
  format,
}: {
  order: Order;
  format: Format;
}) {
  if (parcels.length === 0) return <s-text>No parcels yet.</s-text>;
  return (
    <s-stack direction="block" gap="small">
      <s-heading>{parcels.length === 1 ? "Parcel" : `${format.number(parcels.length)} parcels`}</s-heading>
      {parcels.map((parcel) => {
        const { words, tone } = lookOf("parcel", parcel.state);
        const isDue = Number(parcel.amountToCollect) > 0;
        return (
          <s-stack key={parcel.id} direction="inline" gap="small" alignItems="center">
            <s-badge tone={tone}>{words}</s-badge>
            <Tracking {...parcel} />
            {isDue && <s-text>collect {format.money(parcel.amountToCollect, presentmentCurrency)}</s-text>}
            {parcel.deliveredAt !== null && (
              <s-text color="subdued">{format.dateTime(parcel.deliveredAt)}</s-text>
            )}
          </s-stack>
        );
      })}
    </s-stack>
  );
}

function Tracking({ awbNumber, courier, trackingUrl }: Parcel) {
  const words = [courier, awbNumber === null ? "no AWB yet" : `AWB ${awbNumber}`].filter(Boolean).join(" · ");
  // Couriers' addresses come from outside: only a web address becomes a link.
  return trackingUrl !== null && /^https?:\/\//i.test(trackingUrl) ? (
    <s-link href={trackingUrl} target="_blank">
      {words}
    </s-link>
  ) : (
    <s-text>{words}</s-text>
  );
}
