import { createContext, useContext, useMemo, type ReactNode } from "react";

import { createFormat, type Format } from "./format.ts";

const FormatContext = createContext<Format>(createFormat({ locale: "en", timeZone: "UTC" }));

/** Everything below writes numbers and times as this shop does. */
export function ShopFormat({
  locale,
  timeZone,
  children,
}: {
  locale: string | null;
  timeZone: string | null;
  children: ReactNode;
}) {
  const format = useMemo(() => createFormat({ locale, timeZone }), [locale, timeZone]);
  return <FormatContext.Provider value={format}>{children}</FormatContext.Provider>;
}

export function useFormat(): Format {
  return useContext(FormatContext);
}
