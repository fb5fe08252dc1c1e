import type { PaymentRule } from "#app/settings/settings-schema.ts";

/** A rule being edited, under an id that stays its own while it moves. */
export type DraftRule = { id: number; rule: PaymentRule };
export type RulesDraft = { rules: DraftRule[]; nextId: number };

export type RulesAction =
  | { do: "add"; rule: PaymentRule; position: number }
  | { do: "change"; id: number; rule: PaymentRule; position: number }
  | { do: "remove"; id: number }
  /** To where another rule stands now. */
  | { do: "move"; id: number; to: number }
  /** All rules anew: those that were saved, or the defaults. */
  | { do: "replace"; rules: readonly PaymentRule[] };

export function draftOf(rules: readonly PaymentRule[], from = 1): RulesDraft {
  return { rules: rules.map((rule, index) => ({ id: from + index, rule })), nextId: from + rules.length };
}

export const rulesOf = ({ rules }: RulesDraft): PaymentRule[] => rules.map(({ rule }) => rule);

/** What an edit makes of the list. Positions count from 1; one beyond the ends means the end. An id nobody has changes nothing. */
export function editRules(draft: RulesDraft, action: RulesAction): RulesDraft {
  const { rules, nextId } = draft;
  switch (action.do) {
    case "add":
      return {
        rules: put(rules, { id: nextId, rule: action.rule }, action.position),
        nextId: nextId + 1,
      };
    case "change":
      if (!rules.some(({ id }) => id === action.id)) return draft;
      return {
        rules: put(without(rules, action.id), { id: action.id, rule: action.rule }, action.position),
        nextId,
      };
    case "remove":
      return { rules: without(rules, action.id), nextId };
    case "move": {
      const moved = rules.find(({ id }) => id === action.id);
      const to = rules.findIndex(({ id }) => id === action.to);
      return moved && to >= 0 ? { rules: put(without(rules, action.id), moved, to + 1), nextId } : draft;
    }
    case "replace":
      return draftOf(action.rules, nextId);
  }
}

const without = (rules: readonly DraftRule[], id: number) => rules.filter((one) => one.id !== id);

function put(rules: readonly DraftRule[], rule: DraftRule, position: number): DraftRule[] {
  return rules.toSpliced(Math.min(Math.max(position, 1), rules.length + 1) - 1, 0, rule);
}

/** Whether two lists say the same. */
export function sameRules(one: readonly PaymentRule[], other: readonly PaymentRule[]): boolean {
  return one.length === other.length && one.every((rule, index) => ruleKey(rule) === ruleKey(other[index]));
}

/** A rule as text: equal for equal rules. */
export function ruleKey(rule: PaymentRule | undefined): string {
  return rule === undefined
    ? ""
    : JSON.stringify([rule.on, rule.match, rule.text, rule.name ?? null, rule.method]);
}
