import { apiScopes, type ApiScope } from "#app/settings/api-scopes.ts";
import { writeBackKinds, type WriteBackKind } from "#app/settings/settings-schema.ts";

/** What is done at once, without a job to follow. */
export type AtOnceCommand =
  | { does: "create-key"; name: string; scopes: ApiScope[]; json: boolean }
  | { does: "list-keys"; json: boolean }
  | { does: "revoke-key"; id: string }
  | { does: "pause" | "resume" | "cancel"; id: string }
  | {
      does: "start-scheduler";
      intervalMinutes: number | undefined;
      lookBackHours: number | undefined;
    }
  | { does: "stop-scheduler" | "trigger-scheduler" }
  | { does: "stock-rules"; patch: StockPatch; json: boolean }
  | WriteBackCommand;

/** What of a shop's stock rules is changed; nothing: they are only told. As written: the settings say whether it is valid. */
type StockPatch = { leads?: string; onConflict?: string; locations?: { erp: string; shopify: string }[] };

/** What may leave for Shopify: seen first, then switched on by what was seen. */
export type WriteBackCommand =
  | { does: "list-write-backs"; json: boolean }
  | { does: "preview-write-back" | "switch-write-back-off"; kind: WriteBackKind }
  | { does: "switch-write-back-on"; kind: WriteBackKind; previewId: string };

/** How such a command is written: its words, whether it takes an id or a kind, its options, and what it does. */
type Form = { usage: string; takes: "ID" | "KIND" | null; options: readonly string[]; tells: string };

const form = (usage: string, tells: string, options: readonly string[] = []): Form => ({
  ...{ usage, options, tells },
  takes: /^[a-z- ]+ ID\b/.test(usage) ? "ID" : /^[a-z- ]+ KIND\b/.test(usage) ? "KIND" : null,
});

/** By name, in the order of the usage. */
export const atOnceForms: Readonly<Record<string, Form>> = {
  pause: form("pause ID", "Pauses a job (`status` tells the ids)."),
  resume: form("resume ID", "Lets a paused job go on where it stopped."),
  cancel: form("cancel ID", "Ends a job for good; what it has stored stays stored."),
  "scheduler start": form(
    "scheduler start [--interval MINUTES] [--look-back HOURS]",
    "Turns the look-back that runs by itself on, or changes how it runs.",
    ["interval", "look-back"],
  ),
  "scheduler stop": form("scheduler stop", "Turns it off; a look-back under way goes on."),
  "scheduler trigger": form(
    "scheduler trigger",
    "Looks back now, whether it is on or off; a worker does it.",
  ),
  "api-key create": form(
    `api-key create --name NAME --scopes ${apiScopes.join(",")} [--json]`,
    "Makes a key of the HTTP API with some of these scopes, and prints it this once.",
    ["name", "scopes", "json"],
  ),
  "api-key list": form("api-key list [--json]", "Lists the keys, revoked ones too.", ["json"]),
  "api-key revoke": form("api-key revoke ID", "Ends a key at once."),
  "stock-rules": form(
    "stock-rules [--leads erp|shopify] [--on-conflict ask|erp|shopify] [--locations ERP=SHOPIFY,…] [--json]",
    "Tells whose stock counts and which of the ERP's locations feed which of Shopify's (by its id), or changes it.",
    ["leads", "on-conflict", "locations", "json"],
  ),
  "write-back list": form(
    "write-back list [--json]",
    "Tells of every kind of change whether it is sent to Shopify, how many wait, and the permission it lacks.",
    ["json"],
  ),
  "write-back preview": form("write-back preview KIND", "Shows what a kind would send if it were on now."),
  "write-back on": form(
    "write-back on KIND --preview ID",
    "Switches a kind on, by a preview of the last hour.",
    ["preview"],
  ),
  "write-back off": form("write-back off KIND", "Switches a kind off at once."),
};

export type AtOnceValues = {
  name?: string | undefined;
  scopes?: string | undefined;
  interval?: string | undefined;
  "look-back"?: string | undefined;
  preview?: string | undefined;
  leads?: string | undefined;
  "on-conflict"?: string | undefined;
  locations?: string | undefined;
  json?: boolean | undefined;
};

/**
 * @param name one of `atOnceForms`
 * @param id what follows it, where it takes an id or a kind
 * @throws Error whose message says what is wrong
 */
export function parseAtOnceCommand(name: string, id: string, values: AtOnceValues): AtOnceCommand {
  const json = values.json ?? false;
  switch (name) {
    case "api-key create":
      return { does: "create-key", name: readName(values.name), scopes: readScopes(values.scopes), json };
    case "api-key list":
      return { does: "list-keys", json };
    case "api-key revoke":
      return { does: "revoke-key", id };
    case "scheduler start":
      return {
        does: "start-scheduler",
        intervalMinutes: readWholeNumber("--interval", values.interval),
        lookBackHours: readWholeNumber("--look-back", values["look-back"]),
      };
    case "scheduler stop":
      return { does: "stop-scheduler" };
    case "scheduler trigger":
      return { does: "trigger-scheduler" };
    case "pause":
    case "resume":
    case "cancel":
      return { does: name, id };
    case "stock-rules": {
      const { leads, "on-conflict": onConflict, locations } = values;
      return {
        does: "stock-rules",
        patch: {
          ...(leads === undefined ? {} : { leads }),
          ...(onConflict === undefined ? {} : { onConflict }),
          ...(locations === undefined ? {} : { locations: readLocations(locations) }),
        },
        json,
      };
    }
    case "write-back list":
      return { does: "list-write-backs", json };
    case "write-back preview":
      return { does: "preview-write-back", kind: readKind(id) };
    case "write-back off":
      return { does: "switch-write-back-off", kind: readKind(id) };
    case "write-back on":
      if (!values.preview)
        throw new Error("write-back on needs --preview: the id that `write-back preview KIND` tells.");
      return { does: "switch-write-back-on", kind: readKind(id), previewId: values.preview };
    default:
      throw new Error(`There is no command "${name}".`);
  }
}

/** @throws Error for anything but digits */
export function readWholeNumber(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,9}$/.test(text)) throw new Error(`${option} must be a whole number, not "${text}".`);
  return Number(text);
}

/** @throws Error for a part that is no pair */
function readLocations(text: string): { erp: string; shopify: string }[] {
  const parts = text.split(",").map((part) => part.trim());
  return parts.filter(Boolean).map((part) => {
    const [, erp = "", shopify = ""] = /^(.+)=(.+)$/.exec(part) ?? [];
    if (shopify === "") throw new Error(`--locations takes pairs like WH-1=5012, not "${part}".`);
    return { erp: erp.trim(), shopify: shopify.trim() };
  });
}

function readKind(text: string): WriteBackKind {
  const kind = writeBackKinds.find((one) => one === text);
  if (kind === undefined)
    throw new Error(`There is no kind "${text}": it is one of ${writeBackKinds.join(", ")}.`);
  return kind;
}

function readName(text = ""): string {
  const name = text.trim();
  if (name.length === 0 || name.length > 100)
    throw new Error("api-key create needs --name: who calls with the key, in at most 100 characters.");
  return name;
}

function readScopes(text = ""): ApiScope[] {
  const known: readonly string[] = apiScopes;
  const asked = text
    .split(",")
    .map((scope) => scope.trim())
    .filter(Boolean);
  const unknown = asked.find((scope) => !known.includes(scope));
  if (unknown !== undefined)
    throw new Error(`There is no scope "${unknown}": --scopes takes some of ${apiScopes.join(",")}.`);
  if (asked.length === 0)
    throw new Error(`api-key create needs --scopes: some of ${apiScopes.join(",")}, with commas between.`);
  return apiScopes.filter((scope) => asked.includes(scope));
}
