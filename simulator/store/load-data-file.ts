import { dataSource } from "./data-file/data-source.ts";
import { readDataFile } from "./data-file/read-data-file.ts";
import type { Find, RecordSource } from "./record-source.ts";

/**
 * Reads a store from a JSON file (its shape: README.md of this folder). The shop is named by the
 * file's content, so that two files never share a shop, unless the file names it itself.
 * @throws DataFileError naming the place in the file of anything unusable.
 */
export function loadDataFile(file: string): (find: Find) => RecordSource {
  const data = readDataFile(file);
  const domain = data.shop.text("myshopifyDomain") ?? `sim-${data.digest}.myshopify.com`;
  return (find) => dataSource(data, domain, find);
}
