/** `node --import ./tests/faults/set-clock.ts`: a process whose clock is CLOCK_AHEAD_MS ahead, which spares a test the wait. */
const aheadMs = Number(process.env["CLOCK_AHEAD_MS"] ?? 0);
const clock = Date.now;
const now = () => clock() + aheadMs;

globalThis.Date = new Proxy(Date, {
  construct: (target, given: unknown[], newTarget: typeof Date) =>
    Reflect.construct(target, given.length === 0 ? [now()] : given, newTarget) as Date,
  apply: () => new Date(now()).toString(),
  get: (target, name) => (name === "now" ? now : (Reflect.get(target, name) as unknown)),
});
