import type { Format } from "./format.ts";
import { homeActions, type HomeAction } from "./home-step.ts";
import { countFailed, type HomeView } from "./home-view.ts";

/** One step of the first set-up, ticked by what the database knows. */
export type SetupStep = {
  key: string;
  title: string;
  /** What it is for, or how it stands. */
  words: string;
  done: boolean;
  /** The shop works without an optional one. */
  optional: boolean;
  /** The button that does it, or leads there; null where nothing is to be done (yet). */
  action: HomeAction | null;
};

export type SetupSteps = {
  steps: SetupStep[];
  done: number;
  /** What the shop needs is done: what is left is optional. */
  works: boolean;
};

/** The first set-up in the order in which its steps need each other. */
export function setupSteps(view: HomeView, format: Format): SetupSteps {
  const steps = [
    connect(view),
    cutOver(view, format),
    products(view, format),
    skus(view, format),
    dump(view, format),
    gateways(view, format),
    processed(view, format),
    webhooks(view, format),
    scheduler(view),
    writeBack(view, format),
  ];
  return {
    steps,
    done: steps.filter(({ done }) => done).length,
    works: steps.every(({ done, optional }) => done || optional),
  };
}

function connect({ token, setup }: HomeView): SetupStep {
  return {
    ...{ key: "connect", title: "Connect the store", done: token !== null, optional: false },
    words:
      token === null
        ? "The app has no access to Shopify: close it and open it in Shopify Admin again."
        : `Connected to ${setup.shop}.`,
    action: token === null ? { label: "Open Shopify settings", path: "/app/settings/shopify" } : null,
  };
}

function cutOver({ setup: { cutOverAt } }: HomeView, format: Format): SetupStep {
  return {
    ...{ key: "cut-over", title: "Choose the cut-over date", done: cutOverAt !== null, optional: false },
    words:
      cutOverAt === null
        ? "Orders created before it are history: shown, never picked, never sent back to Shopify. Until you choose, it is the day of installation."
        : `Orders before ${format.dateTime(cutOverAt)} are history.`,
    action: { label: cutOverAt === null ? "Choose the date" : "Change it", path: "/app/settings/orders" },
  };
}

function products({ setup: { productsSyncedAt } }: HomeView, format: Format): SetupStep {
  return {
    ...{ key: "products", title: "Sync all products", done: productsSyncedAt !== null, optional: false },
    words:
      productsSyncedAt === null
        ? "Order lines find their SKUs in the catalogue, so products come first."
        : `Synced ${format.dateTime(productsSyncedAt)}.`,
    action: productsSyncedAt === null ? homeActions.syncProducts : null,
  };
}

function skus({ setup: { skus: found } }: HomeView, format: Format): SetupStep {
  const base = { key: "skus", title: "Look at duplicate and blank SKUs", optional: true };
  if (found === null)
    return { ...base, done: false, words: "Known once the products are synced.", action: null };
  const { duplicates, blank } = found;
  const done = duplicates + blank === 0;
  return {
    ...{ ...base, done },
    words: done
      ? "Every SKU is there once."
      : `${counted(duplicates, "SKU text is", "SKU texts are", format)} on several variants, ${counted(blank, "variant has", "variants have", format)} none: such lines match no SKU by their text.`,
    action: done ? null : { label: "Open the SKU workbench", path: "/app/catalogue/workbench" },
  };
}

function dump({ setup: { ordersDumpedAt, mayReadAllOrders } }: HomeView, format: Format): SetupStep {
  const done = ordersDumpedAt !== null;
  const reach = mayReadAllOrders
    ? "Brings every order of the store; another period can be chosen in Shopify settings."
    : "Without the permission read_all_orders Shopify tells the orders of the last 60 days.";
  return {
    ...{ key: "dump", title: "Full dump of orders", done, optional: false },
    words: done ? `Done ${format.dateTime(ordersDumpedAt)}.` : reach,
    action: done ? null : mayReadAllOrders ? homeActions.dumpAll : homeActions.dumpRecent,
  };
}

function gateways({ setup: { unknownGateways } }: HomeView, format: Format): SetupStep {
  const base = { key: "gateways", title: "Know every payment gateway", optional: true };
  if (unknownGateways === null)
    return { ...base, done: false, words: "Known once the orders are there.", action: null };
  const done = unknownGateways === 0;
  return {
    ...{ ...base, done },
    words: done
      ? "Every gateway name of your orders is known as COD or prepaid."
      : `${counted(unknownGateways, "gateway name is", "gateway names are", format)} not known as COD or prepaid; unpaid orders that name one are on hold.`,
    action: done ? null : { label: "Open payment rules", path: "/app/settings/payment-rules" },
  };
}

function processed(view: HomeView, format: Format): SetupStep {
  const { failed, quarantined } = countFailed(view.reasons);
  const isDumped = view.setup.ordersDumpedAt !== null;
  const left = view.pending + failed + quarantined;
  const done = isDumped && left === 0;
  const base = { key: "processed", title: "Everything from the cache is in the ERP", done, optional: false };
  if (done) return { ...base, words: "Nothing is pending, nothing has failed.", action: null };
  if (left === 0) return { ...base, words: "Known once the orders are there.", action: null };
  return {
    ...base,
    words: `${format.number(view.pending)} pending, ${format.number(failed + quarantined)} failed.`,
    action: failed + quarantined > 0 ? homeActions.retryFailed : homeActions.processPending,
  };
}

function webhooks({ lastDeliveryAt }: HomeView, format: Format): SetupStep {
  const done = lastDeliveryAt !== null;
  return {
    ...{ key: "webhooks", title: "Webhooks arrive", done, optional: false },
    words: done
      ? `The last one came ${format.dateTime(lastDeliveryAt)}.`
      : "None has come yet: change something small in the store, such as a product's title. Shopify sends them to the addresses in the settings.",
    action: done ? null : { label: "See the addresses", path: "/app/settings/shopify" },
  };
}

function scheduler({ setup: { schedulerOn } }: HomeView): SetupStep {
  return {
    ...{ key: "scheduler", title: "Start the schedule", done: schedulerOn, optional: false },
    words: schedulerOn
      ? "The look-back runs by itself and brings what no webhook brought."
      : "The look-back notices what no webhook brought.",
    action: schedulerOn ? null : homeActions.startScheduler,
  };
}

/** Nothing has to be turned on: the step is done by nothing leaving unasked. */
function writeBack({ setup: { writeBacksOn } }: HomeView, format: Format): SetupStep {
  return {
    ...{ key: "write-back", title: "Nothing leaves by itself", done: true, optional: true },
    words:
      writeBacksOn === 0
        ? "Every kind of write-back is off: the app changes nothing in Shopify."
        : `${counted(writeBacksOn, "kind of write-back is", "kinds of write-back are", format)} turned on; all others are off.`,
    action: null,
  };
}

function counted(count: number, one: string, many: string, format: Format): string {
  return `${format.number(count)} ${count === 1 ? one : many}`;
}
