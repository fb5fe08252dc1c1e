import js from "@eslint/js";
import reactHooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

const NODE_GLOBALS = [
  "process",
  "console",
  "globalThis",
  "URL",
  "fetch",
  "Request",
  "Response",
  "Headers",
  "Buffer",
];

export default tseslint.config(
  {
    ignores: [
      "build/",
      ".data/",
      ".shopify/",
      "coverage/",
      "prisma/generated/",
      "extensions/*/dist/",
      "extensions/*/shopify.d.ts",
      "public/",
    ],
  },
  // A rule that is wrong for us is changed here, with its reason, and never switched off inside a file.
  { linterOptions: { noInlineConfig: true } },
  js.configs.recommended,
  {
    files: ["**/*.{ts,tsx}"],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", ignoreRestSiblings: true }],
      // `query<Row>(sql)`: what an answer holds is said where it is asked.
      "@typescript-eslint/no-unnecessary-type-parameters": "off",
      // Numbers read well inside a text; what must not get in there are objects, null and undefined.
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      // `onClick={() => submit()}` says more than it hides.
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      // `for (;;)` in other words: pollers and claim loops.
      "@typescript-eslint/no-unnecessary-condition": [
        "error",
        { allowConstantLoopConditions: "only-allowed-literals" },
      ],
      // Remix throws responses: `throw redirect("/app")`.
      "@typescript-eslint/only-throw-error": [
        "error",
        {
          allow: [
            { from: "lib", name: "Response" },
            { from: "package", package: "@remix-run/node", name: "TypedResponse" },
          ],
        },
      ],
    },
  },
  { ...reactHooks.configs.flat.recommended, files: ["app/**/*.tsx", "extensions/**/*.{ts,tsx}"] },
  {
    files: ["**/*.test.{ts,tsx}", "tests/**/*.ts"],
    rules: {
      // Parsed answers and `expect.any(…)` are `any`; a wrong shape fails the expectation.
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
      // A test that indexes into nothing fails, as it should.
      "@typescript-eslint/no-non-null-assertion": "off",
    },
  },
  {
    files: ["**/*.mjs"],
    languageOptions: { globals: Object.fromEntries(NODE_GLOBALS.map((name) => [name, "readonly"])) },
  },
);
