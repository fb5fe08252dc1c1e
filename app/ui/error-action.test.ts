import { expect, test } from "vitest";

import { errorCatalogue } from "#app/lib/errors.ts";
import appRoutes from "#app/routes.ts";

import { canTryAgain, errorAction } from "./error-action.ts";

type Routes = { path?: string | undefined; index?: boolean | undefined; children?: Routes | undefined }[];

function pathsOf(routes: Routes, above = ""): string[] {
  return routes.flatMap(({ path, children }) => {
    const own = path === undefined ? above : `${above}/${path}`;
    return [own, ...(children ? pathsOf(children, own) : [])];
  });
}

test.each(Object.keys(errorCatalogue))(
  "%s has a button that leads to a page there is, or tries again",
  (code) => {
    const { label, path } = errorAction(code);
    expect(label).not.toBe("");
    if (path !== null) expect(pathsOf(appRoutes)).toContain(path);
  },
);

test("an unknown SKU leads to where SKUs are mapped", () => {
  expect(errorAction("SKU_NOT_FOUND")).toEqual({ label: "Map the SKU", path: "/app/catalogue/workbench" });
});

test("a code of another version is tried again", () => {
  expect(errorAction("OF_TOMORROW")).toEqual(errorAction("INTERNAL"));
  expect(errorAction("toString")).toEqual(errorAction("INTERNAL"));
});

test.each(["TOKEN_REFUSED", "SCOPE_MISSING", "PERIOD_NEEDS_ALL_ORDERS", "BACKFILL_NEEDS_DRY_RUN"])(
  "%s is not tried again as it is",
  (code) => {
    expect(canTryAgain(code)).toBe(false);
    expect(errorAction(code).path).not.toBeNull();
  },
);

test.each(["BULK_FAILED", "SHOPIFY_UNREACHABLE", "INTERNAL", "OF_TOMORROW"])(
  "%s may be tried again",
  (code) => {
    expect(canTryAgain(code)).toBe(true);
  },
);
