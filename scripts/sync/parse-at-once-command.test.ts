import { expect, test } from "vitest";
import { atOnceForms } from "./parse-at-once-command.ts";
import { parseSyncArguments, SYNC_USAGE } from "./parse-sync-arguments.ts";

const read = (line: string) => parseSyncArguments(line.split(" ").filter(Boolean));

test("each command is in the usage, with what it does", () => {
  for (const { usage, tells } of Object.values(atOnceForms)) {
    expect(SYNC_USAGE).toContain(`\n  ${usage}\n`);
    expect(SYNC_USAGE).toContain(tells);
  }
});

test.each([
  [
    "api-key create --name Warehouse --scopes sync,read,sync",
    { does: "create-key", name: "Warehouse", scopes: ["read", "sync"], json: false },
  ],
  [
    "api-key create --scopes erp --name W --json",
    { does: "create-key", name: "W", scopes: ["erp"], json: true },
  ],
  ["api-key list --json", { does: "list-keys", json: true }],
  ["api-key revoke 0190", { does: "revoke-key", id: "0190" }],
  ["pause 7", { does: "pause", id: "7" }],
  ["resume 7", { does: "resume", id: "7" }],
  ["cancel 7", { does: "cancel", id: "7" }],
  [
    "scheduler start --interval 30 --look-back 48",
    { does: "start-scheduler", intervalMinutes: 30, lookBackHours: 48 },
  ],
  ["scheduler start", { does: "start-scheduler", intervalMinutes: undefined, lookBackHours: undefined }],
  ["scheduler stop", { does: "stop-scheduler" }],
  ["scheduler trigger", { does: "trigger-scheduler" }],
  [
    "stock-rules --leads erp --locations WH-1=12,WH-2=12",
    {
      does: "stock-rules",
      patch: {
        leads: "erp",
        locations: [
          { erp: "WH-1", shopify: "12" },
          { erp: "WH-2", shopify: "12" },
        ],
      },
      json: false,
    },
  ],
  ["stock-rules --json", { does: "stock-rules", patch: {}, json: true }],
  ["write-back list --json", { does: "list-write-backs", json: true }],
  ["write-back preview orderCancel", { does: "preview-write-back", kind: "orderCancel" }],
  [
    "write-back on orderCancel --preview 0190",
    { does: "switch-write-back-on", kind: "orderCancel", previewId: "0190" },
  ],
  ["write-back off orderCancel", { does: "switch-write-back-off", kind: "orderCancel" }],
])("%s", (line, what) => {
  expect(read(`${line} --shop a.myshopify.com`)).toEqual({
    ...{ command: "at-once", shop: "a.myshopify.com", what },
  });
});

test.each([
  ["api-key", "api-key needs one more word: api-key create, api-key list, api-key revoke."],
  ["scheduler begin", "scheduler needs one more word: scheduler start"],
  ["pause", "pause needs an id: pause ID."],
  ["api-key revoke", "api-key revoke needs an id: api-key revoke ID."],
  ["stock-rules --locations WH-1", '--locations takes pairs like WH-1=5012, not "WH-1".'],
  ["write-back on", "write-back on needs a kind: write-back on KIND."],
  [
    "write-back on orderCancel",
    "write-back on needs --preview: the id that `write-back preview KIND` tells.",
  ],
  ["write-back off everything", 'There is no kind "everything": it is one of fulfillmentOrderMove,'],
  ["cancel 7 8", 'cancel takes nothing more: "8" is not understood.'],
  ["scheduler stop now", 'scheduler stop takes nothing more: "now" is not understood.'],
  ["api-key create --scopes read", "api-key create needs --name"],
  [`api-key create --scopes read --name ${"n".repeat(101)}`, "at most 100 characters"],
  ["api-key create --name W", "api-key create needs --scopes: some of read,sync,erp"],
  ["api-key create --name W --scopes ,", "api-key create needs --scopes"],
  ["api-key create --name W --scopes read,write", 'There is no scope "write": --scopes takes some of'],
  ["api-key revoke 7 --json", "api-key revoke takes no --json."],
  ["scheduler stop --interval 5", "scheduler stop takes no --interval."],
  ["scheduler start --interval hourly", '--interval must be a whole number, not "hourly".'],
  ["scheduler start --look-back -1", "--look-back"],
  ["pause 7 --shop my-store", "--shop must be like my-store.myshopify.com"],
  ["products --scopes read", "products takes no --scopes."],
])("%s: what is wrong is named", (line, words) => {
  expect(() => read(line)).toThrow(words);
});
