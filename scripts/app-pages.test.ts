import { expect, test } from "vitest";
import routes from "#app/routes.ts";
import { appPages, exportPaths, fetchedPaths } from "./app-pages.ts";

type Route = { path?: string; children?: Route[] };

const ids = {
  ...{ order: "1", product: "1", customer: "1", job: "1", delivery: "1" },
  entries: { order: "1", product: "1", customer: "1", inventory: "1" },
  yesterday: "2026-11-25",
};
const listed = [...appPages(ids).map(({ path }) => path), ...exportPaths, ...fetchedPaths(ids)];

const addresses = (route: Route, folder = ""): string[] => {
  const path = route.path === undefined ? folder : `${folder}/${route.path}`;
  return route.children ? route.children.flatMap((child) => addresses(child, path)) : [path];
};

test("every page, export and progress of the app is in the list that tests, screenshots and the bench go through", () => {
  const declared = (routes as Route[])
    .flatMap((route) => addresses(route))
    .filter((path) => /^\/app(\/|$)/.test(path) && !path.endsWith("/*"));
  expect(declared.length).toBeGreaterThan(20);
  const missing = declared.filter((path) => {
    const pattern = new RegExp(`^${path.replaceAll(/:\w+/g, "[^/]+")}$`);
    return !listed.some((known) => pattern.test(known));
  });
  expect(missing).toEqual([]);
});
