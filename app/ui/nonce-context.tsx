import { createContext, useContext } from "react";

const NonceContext = createContext("");

export const NonceProvider = NonceContext.Provider;

/**
 * The one-time word that lets this document's own inline scripts run (Content-Security-Policy).
 * Empty in the browser: there the attribute is never read again.
 */
export function useNonce(): string {
  return useContext(NonceContext);
}
