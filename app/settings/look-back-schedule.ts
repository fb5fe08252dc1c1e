/** What the look-back's row in `SchedulerState` is called. */
export const LOOK_BACK_SCHEDULE = "look-back";
