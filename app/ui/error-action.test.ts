import { expect, test } from "vitest";

import { errorCatalogue } from "#app/lib/errors.ts";
import appRoutes from "#app/routes.ts";

import { errorAction } from "./error-action.ts";

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
