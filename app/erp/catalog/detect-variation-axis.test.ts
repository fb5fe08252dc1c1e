import { expect, test } from "vitest";
import { defaultSettings } from "#app/settings/default-settings.ts";
import { detectSizeOption, detectVariationAxis } from "./detect-variation-axis.ts";

test.each([
  [["Color", "Size"], "Color"],
  [["Size", "Colour"], "Colour"],
  [["SIZE", "COLOUR"], "COLOUR"],
  [["Frame Color", "Lens"], "Frame Color"],
  [["Lens color", "Colour"], "Colour"], // an exact name goes first
  [["Shade"], "Shade"],
  [["Size"], null], // size is never the axis
  [["Size / Color"], null],
  [["Discoloured"], null], // part of a word is not the word
  [["Title"], null],
  [["Material", "Length"], null],
  [[], null],
] as const)("the axis of %j is %s", (names, axis) => {
  expect(detectVariationAxis(names, defaultSettings.colourSynonyms)).toBe(axis);
});

test("a shop's own synonym makes an axis", () => {
  expect(detectVariationAxis(["Size", "Kleurtje"], ["kleurtje"])).toBe("Kleurtje");
});

test.each([
  [["Color", "Size"], "Size"],
  [["Shoe size"], "Shoe size"],
  [["Resize"], null],
  [["Color"], null],
] as const)("the size option of %j is %s", (names, size) => {
  expect(detectSizeOption(names)).toBe(size);
});
