import { readNodes } from "../read-record.ts";
import type { SimNode, SimValue } from "../types.ts";

/**
 * The record of a data file's order once something happened to it. What is written stands as long as no
 * act changes what would be computed there: a field whose computed value differs `before` and `after`
 * is told as computed; lists of records go record by record. Relations are the computed ones, except
 * where the file wrote the related record itself.
 */
export function carryWritten(written: SimNode, before: SimNode, after: SimNode): SimNode {
  const carried: Record<string, SimValue | undefined> = { ...written };
  for (const [field, now] of Object.entries(after)) {
    const told = written[field];
    if (told === undefined || typeof told === "function") carried[field] = now;
    else if (isNodeList(told) && isNodeList(asList(now))) {
      const first = new Map(readNodes(before, field).map((one) => [one.id, one]));
      const wrote = new Map(told.map((one) => [one.id, one]));
      carried[field] = readNodes(after, field).map((one) => {
        const [mine, his] = [wrote.get(one.id), first.get(one.id)];
        return mine && his ? carryWritten(mine, his, one) : one;
      });
    } else if (typeof now !== "function" && JSON.stringify(before[field]) !== JSON.stringify(now))
      carried[field] = now;
  }
  return carried as SimNode;
}

function asList(value: SimValue | undefined): SimValue | undefined {
  return typeof value === "function" ? value({}) : value;
}

function isNodeList(value: SimValue | undefined): value is readonly SimNode[] {
  return (
    Array.isArray(value) &&
    value.every(
      (one: SimValue) => typeof one === "object" && one !== null && "__typename" in one && "id" in one,
    )
  );
}
