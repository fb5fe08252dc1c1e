import { useNavigate } from "@remix-run/react";

import { useEmbeddedHref } from "./embedded-href.ts";

/** Goes to another page of the app, for buttons that are no links. */
export function useGo(): (path: string) => void {
  const navigate = useNavigate();
  const href = useEmbeddedHref();
  return (path) => {
    navigate(href(path));
  };
}
