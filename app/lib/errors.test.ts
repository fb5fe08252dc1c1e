import { expect, test } from "vitest";
import { AppError, errorCatalogue, nextStepOf } from "./errors.ts";

test("the next step is the thrower's, else the catalogue's; for one shop with a fixed token what is done there", () => {
  const onThePage = { next: "Ask Shopify for the permission on the page Write-back." };
  expect(nextStepOf(new AppError("NOT_FOUND", "x"))).toBe(errorCatalogue.NOT_FOUND.next);
  expect(nextStepOf(new AppError("SCOPE_MISSING", "x", onThePage), "app")).toBe(onThePage.next);
  expect(nextStepOf(new AppError("SCOPE_MISSING", "x", onThePage), "single-shop")).toMatch(/store's Admin/);
  expect(nextStepOf(new AppError("ACTION_NOT_ALLOWED", "x", { next: "Look again." }), "single-shop")).toBe(
    "Look again.",
  );
});

test("a merchant is told no command of a shell, but where there is no page for a merchant", () => {
  const commands = Object.entries(errorCatalogue).filter(([, { next }]) => next.includes("npm run"));
  expect(commands.map(([code]) => code)).toEqual(["NO_PAGES"]);
});
