export { launchBrowser } from "../../scripts/launch-browser.ts";
