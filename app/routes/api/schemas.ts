import { z } from "@hono/zod-openapi";
import { errorCatalogue, type ErrorCode } from "#app/lib/errors.ts";

export const ErrorCodeName = z.enum(Object.keys(errorCatalogue) as [ErrorCode, ...ErrorCode[]]);

/** What a person wrote: one line, without what PostgreSQL cannot keep. */
export const PlainText = z.string().regex(/^\P{Cc}*$/u, "control characters are not allowed");

/** How the API says what went wrong. */
export const ErrorAnswer = z
  .strictObject({
    error: z.strictObject({
      code: ErrorCodeName,
      message: z.string().openapi({ description: "What happened, in words; validation names the field." }),
      next: z.string().openapi({ description: "What to do next." }),
    }),
  })
  .openapi("Error");

/** An instant, ISO 8601 in UTC. */
export const Instant = z.iso.datetime().openapi({ example: "2026-11-26T10:42:00.000Z" });

/** An exact amount as a decimal, in major units. */
export const Amount = z
  .string()
  .regex(/^-?\d+(\.\d+)?$/)
  .openapi({ example: "618.24" });

/** What does not go as it should though nobody asked for anything: code, words, next step. */
export const Problem = z
  .strictObject({ code: ErrorCodeName, message: z.string(), next: z.string() })
  .openapi("Problem");

/** A body or an answer in JSON. */
export function json<Schema extends z.ZodType>(schema: Schema, description: string) {
  return { description, content: { "application/json": { schema } } };
}

/** A JSON body that must be there. */
export function jsonBody<Schema extends z.ZodType>(schema: Schema) {
  return { required: true, content: { "application/json": { schema } } };
}

/** The refusals an endpoint may answer with, by status, with their codes. */
export function refusals(...codes: ErrorCode[]) {
  const always: ErrorCode[] = [
    ...(["UNAUTHORIZED", "FORBIDDEN", "VALIDATION", "SHOPIFY_NOT_CONFIGURED"] as const),
    ...(["DATABASE_DOWN", "INTERNAL"] as const),
  ];
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of new Set([...always, ...codes])) {
    const { status } = errorCatalogue[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, of]) => [
      String(status),
      json(ErrorAnswer, of.map((code) => `${code}: ${errorCatalogue[code].words}`).join(". ")),
    ]),
  );
}
