import type { ErpOrderWithParts } from "#app/erp/orders/erp-order-with-parts.ts";
import { fromMinor, toMinor } from "#app/lib/money.ts";

type Parcel = Pick<ErpOrderWithParts["parcels"][number], "id" | "name" | "awbNumber" | "amountToCollect">;

/** What each parcel's label says, and the share of what is in no parcel yet: together what is to be collected for the order. */
export function buildOrderCollection<One extends Parcel>({
  parcels,
  amountToCollect,
  presentmentCurrency,
}: {
  parcels: readonly One[];
  amountToCollect: string;
  presentmentCurrency: string;
}): { parcels: One[]; rest: string } {
  const minor = (amount: string) => toMinor(amount, presentmentCurrency);
  const inParcels = parcels.reduce((sum, parcel) => sum + minor(parcel.amountToCollect), 0);
  return {
    parcels: parcels.filter((parcel) => minor(parcel.amountToCollect) !== 0),
    rest: fromMinor(minor(amountToCollect) - inParcels, presentmentCurrency),
  };
}
