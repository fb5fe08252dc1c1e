/** What a run of the processor did, in records. `remaining` still waits (due now or at a later retry). */
export type Tally = {
  processed: number;
  created: number;
  updated: number;
  unchanged: number;
  failed: number;
  remaining: number;
};

export const emptyTally: Readonly<Tally> = Object.freeze({
  processed: 0,
  created: 0,
  updated: 0,
  unchanged: 0,
  failed: 0,
  remaining: 0,
});
