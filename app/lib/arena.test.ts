import { expect, test } from "vitest";
import { Arena } from "./arena.ts";

test("pieces do not overlap, also when the arena grows, and the room is used again after a reset", () => {
  const arena = new Arena(8);
  const pieces = [5, 3, 4, 20, 1].map((length, i) => arena.take(length).fill(i + 1));
  expect(pieces.map((piece) => [piece.length, new Set(piece)])).toEqual(
    [5, 3, 4, 20, 1].map((length, i) => [length, new Set([i + 1])]),
  );
  const { buffer } = arena.take(1);
  arena.reset();
  expect(arena.take(1).buffer).toBe(buffer);
});
