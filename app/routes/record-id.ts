import { z } from "zod";

import { AppError } from "#app/lib/errors.ts";

const FORM = /^[\w@:.-]{1,100}$/;

/** A record's id in a form: Shopify's, the ERP's, a job's or a delivery's. Nothing else reaches the database, which refuses some texts. */
export const RecordId = z.string().regex(FORM);

/**
 * The id that an address names.
 * @throws AppError NOT_FOUND for what no record's id can be
 */
export function readId(text: string | null | undefined): string {
  if (text === null || text === undefined || !FORM.test(text))
    throw new AppError("NOT_FOUND", "There is nothing at this address: look for it in its list.");
  return text;
}
