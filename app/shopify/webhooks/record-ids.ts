import { idFromGid, typeOfGid } from "#app/lib/gid.ts";

/** A REST record's own id: of its gid, which is exact, else of a number that JSON did not round. */
export function recordId(record: Readonly<Record<string, unknown>>, type: string): string | null {
  return idOfGid(record["admin_graphql_api_id"], type) ?? exactId(record["id"]);
}

/** The numeric id of a gid of this type, as text; null for anything else. */
export function idOfGid(value: unknown, type: string): string | null {
  if (typeof value !== "string" || !value.startsWith("gid://")) return null;
  try {
    return typeOfGid(value) === type ? exactId(idFromGid(value)) : null;
  } catch {
    return null;
  }
}

/** A numeric id as text; null where it is none, or a number above 2^53, which is no longer exact after JSON. */
export function exactId(value: unknown): string | null {
  if (typeof value === "number") return Number.isSafeInteger(value) && value > 0 ? String(value) : null;
  return typeof value === "string" && /^[1-9]\d{0,18}$/.test(value) ? value : null;
}
