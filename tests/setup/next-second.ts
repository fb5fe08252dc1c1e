/**
 * Waits until the wall clock, by which the simulated store dates what is done, shows another second than now. A timer alone does not
 * do it: it goes by another clock, and where the wall clock is being slowed down it fires before the second is over.
 */
export async function nextSecond(): Promise<void> {
  const second = () => Math.floor(Date.now() / 1_000);
  for (const now = second(); second() === now;)
    await new Promise((resolve) => setTimeout(resolve, 1_001 - (Date.now() % 1_000)));
}
