import { makeGid, parseGid } from "../ids.ts";
import { DataFileError } from "./json-reader.ts";
import type { JsonReader } from "./json-reader.ts";

/** Gives every record of a data file its gid, and refuses the same one twice. */
export class FileIds {
  private readonly taken = new Map<string, string>();

  /** The id written in `field` as a full gid, or undefined when none is written. */
  read(reader: JsonReader, type: string, field = "id"): string | undefined {
    const text = reader.text(field);
    if (text === undefined || text === null) return undefined;
    const gid = /^\d+$/.test(text) ? makeGid(type, text) : text;
    if (parseGid(gid)?.type !== type) {
      return reader.fail(
        field,
        `expected a number or gid://shopify/${type}/…, found ${JSON.stringify(text)}`,
      );
    }
    return gid;
  }

  /** The id of a new record: as written, else `otherwise`. */
  take(reader: JsonReader, type: string, otherwise: string): string {
    const gid = this.read(reader, type) ?? otherwise;
    const owner = this.taken.get(gid);
    if (owner !== undefined)
      throw new DataFileError(`${reader.path}.id`, `${gid} is already the id of ${owner}`);
    this.taken.set(gid, reader.path);
    return gid;
  }
}
