import { RefusedAct } from "#simulator/live/refused-act.ts";

export type UserError = { field: readonly string[] | null; message: string; code: string | null };

export function userError(
  field: readonly string[] | null,
  message: string,
  code: string | null = null,
): UserError {
  return { field, message, code };
}

/** What an act comes to, or the words it was refused with. */
export function attempt<T>(perform: () => T): { done: T } | { words: string } {
  try {
    return { done: perform() };
  } catch (error) {
    if (error instanceof RefusedAct) return { words: error.message };
    throw error;
  }
}
