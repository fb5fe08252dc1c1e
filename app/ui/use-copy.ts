import { useAppBridge } from "@shopify/app-bridge-react";

/** Puts a text on the clipboard and says so; where the browser does not let it, says that. */
export function useCopy(): (text: string, what: string) => void {
  const shopify = useAppBridge();
  return (text, what) => {
    navigator.clipboard.writeText(text).then(
      () => {
        shopify.toast.show(`${what} copied`);
      },
      () => {
        shopify.toast.show("The browser does not let the app copy. Select the text and copy it yourself.", {
          isError: true,
        });
      },
    );
  };
}
