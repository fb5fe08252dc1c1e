export type Format = {
  /** 123456 → "1,23,456" in India. */
  number: (value: number) => string;
  /** "22 Nov 2026, 10:42 am", in the shop's time zone. */
  dateTime: (iso: string) => string;
  /** "10:42:07 am", in the shop's time zone. */
  time: (iso: string) => string;
  /** 95,000 ms → "1 min 35 s". */
  duration: (ms: number) => string;
};

/** Numbers and times as the shop writes them; an unknown locale or time zone falls back to en and UTC. */
export function createFormat({
  locale,
  timeZone,
}: {
  locale: string | null;
  timeZone: string | null;
}): Format {
  const place = known(locale ?? "en", timeZone ?? "UTC");
  const number = new Intl.NumberFormat(place.locale);
  const dateTime = new Intl.DateTimeFormat(place.locale, {
    timeZone: place.timeZone,
    dateStyle: "medium",
    timeStyle: "short",
  });
  const time = new Intl.DateTimeFormat(place.locale, { timeZone: place.timeZone, timeStyle: "medium" });
  return {
    number: (value) => number.format(value),
    dateTime: (iso) => plainSpaces(dateTime.format(new Date(iso))),
    time: (iso) => plainSpaces(time.format(new Date(iso))),
    duration,
  };
}

function known(locale: string, timeZone: string): { locale: string; timeZone: string } {
  try {
    new Intl.DateTimeFormat(locale, { timeZone });
    return { locale, timeZone };
  } catch {
    return { locale: "en", timeZone: "UTC" };
  }
}

/** Server and browser may hold different releases of the locale data, which differ in their kinds of space. */
function plainSpaces(text: string): string {
  return text.replace(/[\u00a0\u202f]/g, " ");
}

function duration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 60) return `${String(seconds)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${String(minutes)} min ${String(seconds % 60)} s`;
  return `${String(Math.floor(minutes / 60))} h ${String(minutes % 60)} min`;
}
