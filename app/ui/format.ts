import { durationWords } from "#app/lib/duration-words.ts";
import { formatMoney, toMinor } from "#app/lib/money.ts";

export type Format = {
  /** 123456 → "1,23,456" in India. */
  number: (value: number) => string;
  /** "22 Nov 2026, 10:42 am", in the shop's time zone. */
  dateTime: (iso: string) => string;
  /** "10:42:07 am", in the shop's time zone. */
  time: (iso: string) => string;
  /** "10:42 am", in the shop's time zone. */
  clock: (iso: string) => string;
  /** A calendar day, "2026-11-22" → "22 Nov 2026". */
  day: (day: string) => string;
  /** "2026-11-22" → "22 Nov", where the year is plain. */
  shortDay: (day: string) => string;
  /** An exact decimal: "618240.00" INR → "₹6,18,240"; its decimals are shown where there are any. */
  money: (amount: string, currency: string) => string;
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
  const clock = new Intl.DateTimeFormat(place.locale, { timeZone: place.timeZone, timeStyle: "short" });
  const day = new Intl.DateTimeFormat(place.locale, { timeZone: "UTC", dateStyle: "medium" });
  const shortDay = new Intl.DateTimeFormat(place.locale, { timeZone: "UTC", day: "numeric", month: "short" });
  return {
    number: (value) => number.format(value),
    dateTime: (iso) => plainSpaces(dateTime.format(new Date(iso))),
    time: (iso) => plainSpaces(time.format(new Date(iso))),
    clock: (iso) => plainSpaces(clock.format(new Date(iso))),
    day: (text) => plainSpaces(day.format(new Date(`${text}T00:00:00Z`))),
    shortDay: (text) => plainSpaces(shortDay.format(new Date(`${text}T00:00:00Z`))),
    money: (amount, currency) =>
      plainSpaces(formatMoney(toMinor(amount, currency), currency, place.locale, "if-any")),
    duration: durationWords,
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
