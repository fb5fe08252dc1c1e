/** What the look-back's row in `SchedulerState` is called. */
export const LOOK_BACK_SCHEDULE = "look-back";

/** How often a look-back may run, and how far back it may look. */
export const lookBackLimits = {
  intervalMinutes: { least: 5, most: 1440 },
  lookBackHours: { least: 1, most: 1440 },
};
