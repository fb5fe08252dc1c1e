import { Banner } from "@shopify/polaris";

/** Said while the app's server does not answer a page that keeps looking. */
export function ConnectionLost() {
  return (
    <Banner tone="warning" title="The app does not answer">
      <p>What is shown may be old. The page keeps trying; jobs go on without it.</p>
    </Banner>
  );
}
