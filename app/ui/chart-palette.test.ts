import { expect, test } from "vitest";

import { delayLines, EDGE, orderFills } from "./chart-palette.ts";
import { orderStates } from "./order-states.ts";

type Rgb = [number, number, number];

/** Full colour blindness of each kind, in linear light (Machado, Oliveira and Fernandes 2009). */
const SIGHTS: Record<string, Rgb[]> = {
  "full sight": [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

function linear(hex: string): Rgb {
  const part = (at: number) => {
    const value = parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [part(1), part(3), part(5)];
}

function seen(hex: string, matrix: Rgb[]): Rgb {
  const light = linear(hex);
  return matrix.map((row) =>
    Math.min(
      1,
      Math.max(
        0,
        row.reduce((sum, weight, index) => sum + weight * (light[index] ?? 0), 0),
      ),
    ),
  ) as Rgb;
}

const luminance = ([r, g, b]: Rgb) => 0.2126 * r + 0.7152 * g + 0.0722 * b;

/** CIE L*a*b*, D65. */
function lab([r, g, b]: Rgb): Rgb {
  const f = (t: number) => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116);
  const x = f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505);
  const y = f(luminance([r, g, b]));
  const z = f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

const lightness = (hex: string) => lab(linear(hex))[0];
const contrast = (one: string, other: string) => {
  const [dark = 0, light = 0] = [luminance(linear(one)), luminance(linear(other))].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
};
const colours = orderStates.map((state) => orderFills[state].colour);

test.each(Object.entries(SIGHTS))("with %s all states of orders are told apart", (_name, matrix) => {
  for (const [index, one] of colours.entries())
    for (const other of colours.slice(index + 1)) {
      const [a, b] = [lab(seen(one, matrix)), lab(seen(other, matrix))];
      expect(Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])).toBeGreaterThan(15);
    }
});

test("in greyscale they grow lighter step by step", () => {
  const steps = colours.slice(1).map((colour, index) => lightness(colour) - lightness(colours[index] ?? ""));
  expect(Math.min(...steps)).toBeGreaterThan(10);
});

test("no two states share a pattern, and each stands out from a white page by itself or by its edge", () => {
  expect(new Set(orderStates.map((state) => orderFills[state].pattern)).size).toBe(orderStates.length);
  expect(contrast(EDGE, "#ffffff")).toBeGreaterThan(3);
  for (const { colour, mark, pattern } of Object.values(orderFills))
    if (pattern !== "plain") expect(contrast(colour, mark)).toBeGreaterThan(2.5);
});

test("the two lines differ in greyscale, in dashes and points, and stand out from the page", () => {
  const { median, p95 } = delayLines;
  expect(Math.abs(lightness(median.colour) - lightness(p95.colour))).toBeGreaterThan(15);
  expect(median.dashes).not.toBe(p95.dashes);
  expect(median.points).not.toBe(p95.points);
  for (const { colour } of [median, p95]) expect(contrast(colour, "#ffffff")).toBeGreaterThan(3);
});
