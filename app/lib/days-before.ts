/** So many times 24 hours before a moment: what is older than that is kept no longer. */
export const daysBefore = (now: Date, days: number) => new Date(now.getTime() - days * 86_400_000);
