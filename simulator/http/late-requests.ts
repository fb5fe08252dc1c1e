/** Requests whose connection was cut before they were done: Shopify goes on with them, and nobody hears how they end. */
export class LateRequests {
  private waiting: (() => Promise<unknown>)[] = [];

  /** Does it after `delayMs`, or else when `apply` is called. */
  keep(run: () => Promise<unknown>, delayMs: number | undefined): void {
    if (delayMs === undefined) this.waiting.push(run);
    else setTimeout(() => void run(), delayMs).unref();
  }

  /** Does all that was kept, in the order in which it was asked. @returns how many there were */
  async apply(): Promise<number> {
    const due = this.waiting;
    this.waiting = [];
    for (const run of due) await run();
    return due.length;
  }
}
