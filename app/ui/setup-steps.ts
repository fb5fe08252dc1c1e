import type { Format } from "./format.ts";
import { homeActions, type HomeAction } from "./home-step.ts";
import { countFailed, sumPending, type HomeView } from "./home-view.ts";
import { writeBackWords } from "./write-back-words.ts";

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
  /**
   * What the shop needs is done: what is left is optional, or on its way. What is pending or failed in a shop that is set up is
   * said among the problems, and does not begin the set-up anew.
   */
  works: boolean;
  /** Whether all that is left may be left. */
  isRestOptional: boolean;
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
    writeBack(view),
  ];
  return {
    steps,
    done: steps.filter(({ done }) => done).length,
    works: steps.every(({ key, done, optional }) => done || optional || key === "processed"),
    isRestOptional: steps.every(({ done, optional }) => done || optional),
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

/** A dump of some days is no full one: which days they were is said, and whether that is enough is the shop's to say. */
function dump(
  { setup: { ordersDumpedAt, lastDump, mayReadAllOrders } }: HomeView,
  format: Format,
): SetupStep {
  const done = ordersDumpedAt !== null;
  const reach = mayReadAllOrders
    ? "Brings every order of the store; another period can be chosen in Shopify settings."
    : "Without the permission read_all_orders Shopify tells the orders of the last 60 days.";
  return {
    ...{ key: "dump", title: "Full dump of orders", done, optional: lastDump !== null },
    words: done
      ? `Done ${format.dateTime(ordersDumpedAt)}.`
      : lastDump !== null
        ? `So far only orders ${periodWords(lastDump, format)} were dumped. ${reach}`
        : reach,
    action: done ? null : mayReadAllOrders ? homeActions.dumpAll : homeActions.dumpRecent,
  };
}

function periodWords({ from, until }: { from: string | null; until: string | null }, format: Format): string {
  const parts = [
    ...(from === null ? [] : [`from ${format.dateTime(from)}`]),
    ...(until === null ? [] : [`before ${format.dateTime(until)}`]),
  ];
  return parts.length === 0 ? "of the last 60 days" : `created ${parts.join(" and ")}`;
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
  const isDumped = view.setup.lastDump !== null;
  const pending = sumPending(view.pending).count;
  const left = pending + failed + quarantined;
  const done = isDumped && left === 0;
  const base = { key: "processed", title: "Everything from the cache is in the ERP", done, optional: false };
  if (done) return { ...base, words: "Nothing is pending, nothing has failed.", action: null };
  if (left === 0) return { ...base, words: "Known once the orders are there.", action: null };
  return {
    ...base,
    words: `${format.number(pending)} pending, ${format.number(failed + quarantined)} failed.`,
    action: failed + quarantined > 0 ? homeActions.retryFailed : homeActions.processPending,
  };
}

function webhooks({ lastDeliveryAt }: HomeView, format: Format): SetupStep {
  const done = lastDeliveryAt !== null;
  return {
    ...{ key: "webhooks", title: "Webhooks arrive", done, optional: false },
    words: done
      ? `The last one came ${format.dateTime(lastDeliveryAt)}.`
      : "None has come yet: change something small in the store, such as a product's title. Shopify sends them to the addresses on the page Webhooks.",
    action: done ? null : { label: "See the addresses", path: "/app/webhooks" },
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

/** Nothing has to be turned on: the step is done where nothing leaves, or only what a person has turned on, which is named. */
function writeBack({ setup: { writeBacksOn } }: HomeView): SetupStep {
  const base = {
    ...{ key: "write-back", optional: true },
    action: { label: "See what may leave", path: "/app/settings/write-back" },
  };
  if (writeBacksOn === null)
    return {
      ...{ ...base, title: "Nothing leaves by itself", done: false },
      words: "The shop's stored settings cannot be read: nothing is sent to Shopify until they can.",
    };
  if (writeBacksOn.length === 0)
    return {
      ...{ ...base, title: "Nothing leaves by itself", done: true },
      words:
        "Every kind of write-back is off: the app changes nothing in Shopify. Each is switched on after seeing what it would send.",
    };
  return {
    ...{ ...base, title: "What leaves is chosen", done: true },
    words: `Turned on: ${writeBacksOn.map((kind) => writeBackWords[kind]).join(", ")}. Everything else is off.`,
  };
}

function counted(count: number, one: string, many: string, format: Format): string {
  return `${format.number(count)} ${count === 1 ? one : many}`;
}
