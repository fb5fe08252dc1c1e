/**
 * The module rules: modules stand in one straight order and import only from
 * their own module or from modules to their left; a file without the suffix `.server` is pure.
 * Tests beside the code may reach further (databases, fixtures), so most rules leave them out.
 */
const LINE = [
  "lib",
  "settings",
  "shopify",
  "cache",
  "outbox",
  "erp",
  "writeback",
  "reconcile",
  "privacy",
  "jobs",
];

const TEST = "\\.test\\.tsx?$";
/** Files that start something: they know everything and nobody knows them. */
const ENTRIES =
  "^app/(server|worker|root|routes|entry\\.(client|server)|context\\.server|shopify\\.server)\\.tsx?$";
const NODE_AND_DATABASE =
  "^(node_modules/(pg|pg-boss|pg-copy-streams|pino|express|prom-client|@prisma)/|prisma/generated/)";

const straightLine = LINE.slice(0, -1).map((module, index) => ({
  name: `line-${module}`,
  comment: `${module} may import only what stands left of it; what joins two modules belongs one step right.`,
  severity: "error",
  from: { path: `^app/${module}/`, pathNot: TEST },
  to: { path: `^app/(${LINE.slice(index + 1).join("|")})/` },
}));

/** @type {import("dependency-cruiser").IConfiguration} */
export default {
  forbidden: [
    ...straightLine,
    {
      name: "modules-know-no-entry",
      comment:
        "A module is given its database, client, clock and signal; routes, ui and entries stand right of all.",
      severity: "error",
      from: { path: `^app/(${LINE.join("|")})/`, pathNot: TEST },
      to: { path: [`^app/(routes|ui)/`, ENTRIES] },
    },
    {
      name: "context-belongs-to-entries",
      comment: "Only entries and routes may reach for context.server and shopify.server.",
      severity: "error",
      from: { path: "^app/", pathNot: [ENTRIES, "^app/routes/", TEST] },
      to: { path: "^app/(context|shopify)\\.server\\.ts$" },
    },
    {
      name: "pure-without-suffix",
      comment:
        "A file without .server imports no .server file (types are erased and may be): every rule can be tested in microseconds.",
      severity: "error",
      from: { path: "^app/", pathNot: ["\\.server\\.tsx?$", TEST, ENTRIES, "^app/routes/"] },
      to: { path: "\\.server\\.tsx?$", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "pure-without-node",
      comment: "A file without .server uses no Node built-in, no database, no Prisma value.",
      severity: "error",
      from: { path: "^app/", pathNot: ["\\.server\\.tsx?$", TEST, ENTRIES, "^app/routes/"] },
      to: { dependencyTypes: ["core"], dependencyTypesNot: ["type-only"] },
    },
    {
      name: "pure-without-database",
      comment: "A file without .server uses no Node built-in, no database, no Prisma value.",
      severity: "error",
      from: { path: "^app/", pathNot: ["\\.server\\.tsx?$", TEST, ENTRIES, "^app/routes/"] },
      to: { path: NODE_AND_DATABASE, dependencyTypesNot: ["type-only"] },
    },
    {
      name: "only-the-worker-renews-tokens",
      comment:
        "A refresh token rotates: it is used in the worker alone, under the shop's lock. Pages have page-access-token.",
      severity: "error",
      from: { path: "^app/(routes/|server\\.ts|shopify\\.server\\.ts)", pathNot: TEST },
      to: { path: "^app/shopify/client/refresh-access-token\\.server\\.ts$", reachable: true },
    },
    {
      name: "one-road-switches-on",
      comment:
        "A kind of write-back is switched on by switchKind alone, after its preview was seen; everything else saves with saveSettings.",
      severity: "error",
      from: {
        path: "^(app|scripts|bench|tests)/",
        pathNot: ["^app/settings/save-settings\\.server\\.ts$", "^app/writeback/switch-kind\\.server\\.ts$"],
      },
      to: { path: "^app/settings/change-settings\\.server\\.ts$" },
    },
    {
      name: "ui-is-pure",
      comment: "The pieces of pages know no server file, not even its types, and no route.",
      severity: "error",
      from: { path: "^app/ui/", pathNot: TEST },
      to: { path: ["\\.server\\.tsx?$", "^app/routes/"] },
    },
    {
      name: "extensions-are-apart",
      comment:
        "What runs inside Shopify's own pages shares the pure words and formats of app/ui; of everything else only types.",
      severity: "error",
      from: { path: "^extensions/" },
      to: {
        path: "^(app|simulator|bench|tests|scripts|prisma)/",
        pathNot: "^app/ui/[^/]+\\.ts$",
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "nobody-knows-an-extension",
      comment: "Shopify builds and runs it, nobody else.",
      severity: "error",
      from: { path: "^(app|simulator|bench|tests|scripts)/" },
      to: { path: "^extensions/" },
    },
    {
      name: "app-knows-no-simulator",
      comment: "What passes at the simulator must pass at Shopify: the app meets it over HTTP only.",
      severity: "error",
      from: { path: "^app/", pathNot: TEST },
      to: { path: "^(simulator|bench|tests)/" },
    },
    {
      name: "simulator-knows-no-app",
      comment: "The simulator is strict by Shopify's rules, never by ours.",
      severity: "error",
      from: { path: "^simulator/" },
      to: { path: "^(app|bench|prisma)/" },
    },
    {
      name: "tests-are-imported-by-tests",
      severity: "error",
      from: { path: "^(app|simulator|scripts|bench)/", pathNot: TEST },
      to: { path: [TEST, "^tests/"] },
    },
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    { name: "everything-resolves", severity: "error", from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: ["node_modules", "^prisma/generated"] },
    exclude: { path: "^build/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["node", "import", "types", "default"],
      mainFields: ["module", "main", "types"],
      extensions: [".ts", ".tsx", ".mjs", ".js", ".json"],
    },
  },
};
