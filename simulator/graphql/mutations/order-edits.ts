import { makeGid } from "#simulator/store/ids.ts";

/** An edit that has begun: the units each line is to have, by the line's gid. */
export type OrderEdit = {
  /** Of its CalculatedOrder and its OrderEditSession. */
  number: string;
  order: string;
  lines: Map<string, { quantity: number; restock: boolean }>;
};

const FIRST = 61_402_900_000;

/**
 * The edits that live until they are committed. Assumed: a second beginning drops the first; an edit that nobody commits
 * lives on.
 */
export class OrderEdits {
  private readonly edits = new Map<string, OrderEdit>();
  private next = FIRST;

  begin(order: string): OrderEdit {
    for (const one of this.edits.values()) if (one.order === order) this.end(one);
    const number = String((this.next += 32));
    const edit: OrderEdit = { number, order, lines: new Map() };
    this.edits.set(number, edit);
    return edit;
  }

  /** By the gid of its calculated order or of its session. */
  find(gid: string): OrderEdit | null {
    const number = /^gid:\/\/shopify\/(?:CalculatedOrder|OrderEditSession)\/(\d+)$/.exec(gid)?.[1] ?? "";
    return this.edits.get(number) ?? null;
  }

  end(edit: OrderEdit): void {
    this.edits.delete(edit.number);
  }
}

export function calculatedGid(edit: OrderEdit): string {
  return makeGid("CalculatedOrder", edit.number);
}

export function sessionOf(edit: OrderEdit): { __typename: string; id: string } {
  return { __typename: "OrderEditSession", id: makeGid("OrderEditSession", edit.number) };
}
