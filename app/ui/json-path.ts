/** A step into a JSON value: a member's name, an item's position, or the id by which an item of a list is known. */
export type JsonStep = string | number | { id: string };

const PLAIN_NAME = /^[\p{L}_$][\p{L}\p{N}_$]*$/u;

/** Where something stands: `lines[2].sku`, `["a name with spaces"]`, `line_items[id 7001].quantity`; of a gid its number. "(whole payload)" for all of it. */
export function jsonPathWords(path: readonly JsonStep[]): string {
  if (path.length === 0) return "(whole payload)";
  return path
    .map((step, i) => {
      if (typeof step === "number") return `[${String(step)}]`;
      if (typeof step === "object") return `[id ${step.id.slice(step.id.lastIndexOf("/") + 1)}]`;
      if (!PLAIN_NAME.test(step)) return `[${JSON.stringify(step)}]`;
      return i === 0 ? step : `.${step}`;
    })
    .join("");
}
