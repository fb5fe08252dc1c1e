import type { HomeAction } from "./home-step.ts";

/** Something that is not as it should be: what, why, what to do, the button that mends it, and where more is said. */
export type HomeProblem = {
  key: string;
  tone: "critical" | "warning";
  title: string;
  /** What is known of it, and the next step. */
  why: string[];
  remedy: HomeAction | null;
  see: HomeAction | null;
  /** Another page on which it can be mended. */
  also?: HomeAction | null;
};
