import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { buildClientSchema, type GraphQLSchema, type IntrospectionQuery } from "graphql";
import { SCHEMA_SOURCE } from "./schema-file.ts";
import { indexAccessRules, type AccessItem, type AccessRules } from "./access-rules.ts";

/** The real Admin schema and who may read which part of it. */
export type AdminSchema = { schema: GraphQLSchema; access: AccessRules };

let loaded: AdminSchema | undefined;

/**
 * The Admin schema of {@link SCHEMA_SOURCE}, read once (about half a second) at first use.
 * @throws Error when the file is not the pinned one.
 */
export function loadSchema(): AdminSchema {
  loaded ??= readSchema();
  return loaded;
}

function readSchema(): AdminSchema {
  const bytes = readFileSync(SCHEMA_SOURCE.file);
  const found = createHash("sha256").update(bytes).digest("hex");
  if (found !== SCHEMA_SOURCE.sha256) {
    throw new Error(
      `${SCHEMA_SOURCE.file.pathname} has sha256 ${found}, not the pinned ${SCHEMA_SOURCE.sha256}. Run simulator/schema/fetch-schema.ts.`,
    );
  }
  const json = JSON.parse(gunzipSync(bytes).toString("utf8")) as {
    data: IntrospectionQuery;
    offline_scopes: { items: AccessItem[] };
  };
  return { schema: buildClientSchema(json.data), access: indexAccessRules(json.offline_scopes.items) };
}
