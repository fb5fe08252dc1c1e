import { useBreakpoints } from "@shopify/polaris";
import { createContext, useContext } from "react";

const PhoneContext = createContext(false);

/** Tells the pages whether the browser says that it is a phone's: the server knows no width. */
export const PhoneProvider = PhoneContext.Provider;

/**
 * Whether a page is as narrow as a phone. On the server by what the browser calls itself, so that a phone is painted what it keeps and
 * nothing is pushed about once the width is known; then by the width itself.
 */
export function useIsNarrow(): boolean {
  return useBreakpoints({ defaults: { smDown: useContext(PhoneContext) } }).smDown;
}
