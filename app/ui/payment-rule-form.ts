import { readWholeNumber } from "#app/lib/read-whole-number.ts";
import { PaymentRule } from "#app/settings/settings-schema.ts";

/** A rule as the fields of its form have it. */
export type RuleForm = {
  on: PaymentRule["on"];
  match: PaymentRule["match"];
  text: string;
  name: string;
  method: PaymentRule["method"];
  position: string;
};
export type RuleFormErrors = Partial<Record<"text" | "name" | "position", string>>;

/** The form of a rule, or of a new one. */
export function ruleForm(rule: PaymentRule | null, position: number): RuleForm {
  return {
    on: rule?.on ?? "gateway",
    match: rule?.match ?? "words",
    text: rule?.text ?? "",
    name: rule?.name ?? "",
    method: rule?.method ?? "COD",
    position: String(position),
  };
}

/** The rule of a form, or at which fields it is not right, in words. @param last the last place there is */
export function readRuleForm(
  form: RuleForm,
  last: number,
): { ok: true; rule: PaymentRule; position: number } | { ok: false; errors: RuleFormErrors } {
  const { on, match, text, method } = form;
  const rule = PaymentRule.safeParse({
    ...{ on, match, text, method },
    ...(on === "attribute" && form.name.trim() !== "" ? { name: form.name } : {}),
  });
  const position = readWholeNumber(form.position, { least: 1, most: last });
  const errors: RuleFormErrors = {};
  const wrong = new Set(rule.error?.issues.map(({ path }) => String(path[0])));
  if (wrong.has("text")) errors.text = textError(text);
  if (on === "attribute" && (wrong.has("name") || form.name.trim() === ""))
    errors.name =
      form.name.trim() === ""
        ? "Type the attribute's name as the order has it."
        : "An attribute's name has at most 200 characters.";
  if (position === null) errors.position = `Give a whole number from 1 to ${String(last)}.`;
  return rule.success && position !== null && Object.keys(errors).length === 0
    ? { ok: true, rule: rule.data, position }
    : { ok: false, errors };
}

function textError(text: string): string {
  if (text.trim() === "") return "Type the text to look for.";
  if (text.trim().length > 200) return "A text has at most 200 characters.";
  return "The text needs a letter or a digit: signs are not compared.";
}
