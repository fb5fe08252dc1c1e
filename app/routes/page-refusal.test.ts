import { expect, test } from "vitest";

import { AppError, errorCatalogue } from "#app/lib/errors.ts";

import { pageRefusal } from "./page-refusal.ts";

test("a page says the next step of whoever refused, else the catalogue's", () => {
  const own = new AppError("ACTION_NOT_ALLOWED", "Nothing is packed", { next: "Pack the goods first." });
  expect(pageRefusal(own)).toEqual({
    told: { code: "ACTION_NOT_ALLOWED", message: "Nothing is packed", next: "Pack the goods first." },
    status: 409,
  });
  expect(pageRefusal(new AppError("NOT_FOUND", "There is no order 9")).told.next).toBe(
    errorCatalogue.NOT_FOUND.next,
  );
});
