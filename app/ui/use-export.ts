import { useLocation } from "@remix-run/react";
import { useAppBridge } from "@shopify/app-bridge-react";
import { useState } from "react";

import { downloadFile } from "./download-file.ts";
import { askedParams } from "./list-params.ts";
import type { PageAction } from "./page-frame.tsx";

/**
 * The action by which a person saves a list as CSV, filtered and sorted as it is shown.
 * @param path the export's own address in the app
 * @param name of the file, without its ending
 */
export function useExport(path: string, name: string): PageAction {
  const shopify = useAppBridge();
  const { search } = useLocation();
  const [isBusy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    shopify.toast.show("The export begins; large ones take a while");
    try {
      const asked = askedParams(search).toString();
      await downloadFile(asked === "" ? path : `${path}?${asked}`, `${name}.csv`);
      shopify.toast.show(`${name}.csv is saved`);
    } catch {
      shopify.toast.show("The export broke off. Try it again; a shorter period is quicker.", {
        isError: true,
      });
    }
    setBusy(false);
  };
  return { label: isBusy ? "Exporting…" : "Export CSV", disabled: isBusy, onAction: () => void save() };
}
