import {
  execute,
  getVariableValues,
  GraphQLError,
  Kind,
  parse,
  print,
  validate,
  type DocumentNode,
  type ExecutionResult,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
} from "graphql";
import type { AdminSchema } from "#simulator/schema/load-schema.ts";
import { MAX_QUERY_COST, queryCost } from "./query-cost.ts";
import { resolveField, resolveType } from "./resolve-field.ts";
import { toShopifyErrors, type ShopifyError } from "./shopify-validation-errors.ts";
import type { SimContext } from "./sim-context.ts";
import { describeSyntaxError } from "./syntax-error.ts";
import type { ThrottleBucket } from "./throttle-bucket.ts";
import { toVariableErrors } from "./variable-errors.ts";

export type GraphQLRequest = {
  query: string;
  variables?: Readonly<Record<string, unknown>> | null;
  operationName?: string | null;
};

export type GraphQLAnswer = {
  body: { data?: unknown; errors?: ShopifyError[]; extensions?: Record<string, unknown> };
  /** For the request log: root fields asked, and points taken. */
  rootFields: string[];
  cost: number;
};

type Prepared = { operation: OperationDefinitionNode; document: DocumentNode };

/**
 * Runs one request as Shopify does: parse, validate, coerce variables, cost against the single-query
 * maximum and the bucket, then execute. Every refusal is an answer, never a throw.
 */
export async function executeGraphQL(
  request: GraphQLRequest,
  context: Omit<SimContext, "warn">,
  bucket: ThrottleBucket,
): Promise<GraphQLAnswer> {
  const prepared = prepare(request, context.admin);
  if ("errors" in prepared) return { body: { errors: prepared.errors }, rootFields: [], cost: 0 };
  const { document, operation } = prepared;
  const rootFields = operation.selectionSet.selections.map((selection) =>
    selection.kind === Kind.FIELD ? selection.name.value : "…",
  );
  const given = request.variables ?? {};
  const coerced = getVariableValues(context.admin.schema, operation.variableDefinitions ?? [], given);
  if (coerced.errors !== undefined) {
    const types = new Map(
      (operation.variableDefinitions ?? []).map((definition) => [
        definition.variable.name.value,
        print(definition.type),
      ]),
    );
    return { body: { errors: toVariableErrors(coerced.errors, types, given) }, rootFields, cost: 0 };
  }

  const fragments = Object.fromEntries(
    document.definitions.filter(isFragment).map((fragment) => [fragment.name.value, fragment]),
  );
  const costRequest = { schema: context.admin.schema, operation, fragments, variables: coerced.coerced };
  const requested = queryCost(costRequest);
  if (requested > MAX_QUERY_COST) return { body: { errors: [tooExpensive(requested)] }, rootFields, cost: 0 };
  if (!bucket.take(requested)) {
    return { body: throttledBody(requested, bucket), rootFields, cost: 0 };
  }

  const search: Record<string, unknown>[] = [];
  const result = await execute({
    schema: context.admin.schema,
    document,
    rootValue: {},
    contextValue: {
      ...context,
      warn: (path, warnings) => {
        search.push(...warnings.map((warning) => ({ path, ...warning })));
      },
    } satisfies SimContext,
    variableValues: given,
    operationName: request.operationName,
    fieldResolver: resolveField,
    typeResolver: resolveType,
  });
  const actual = queryCost(costRequest, result.data ?? null);
  bucket.giveBack(requested - actual);
  return {
    body: {
      ...(result.data === undefined ? {} : { data: result.data }),
      ...(result.errors === undefined ? {} : { errors: result.errors.map(toExecutionError) }),
      extensions: {
        cost: { requestedQueryCost: requested, actualQueryCost: actual, throttleStatus: bucket.status() },
        ...(search.length > 0 ? { search } : {}),
      },
    },
    rootFields,
    cost: actual,
  };
}

/** The answer to a request that does not fit into the bucket (HTTP 200). */
export function throttledBody(requested: number, bucket: ThrottleBucket): GraphQLAnswer["body"] {
  return {
    errors: [
      {
        message: "Throttled",
        extensions: { code: "THROTTLED", documentation: "https://shopify.dev/api/usage/rate-limits" },
      },
    ],
    extensions: {
      cost: { requestedQueryCost: requested, actualQueryCost: null, throttleStatus: bucket.status() },
    },
  };
}

const parsed = new Map<string, DocumentNode | ShopifyError[]>();

/** Parses and validates; the same text is checked once. */
function prepare(request: GraphQLRequest, admin: AdminSchema): Prepared | { errors: ShopifyError[] } {
  let document = parsed.get(request.query);
  if (document === undefined) {
    document = readDocument(request.query, admin);
    if (parsed.size > 200) parsed.clear();
    parsed.set(request.query, document);
  }
  if (Array.isArray(document)) return { errors: document };
  const operations = document.definitions.filter(
    (definition) => definition.kind === Kind.OPERATION_DEFINITION,
  );
  const wanted = request.operationName ?? null;
  const operation =
    wanted === null || wanted === ""
      ? operations[0]
      : operations.find((candidate) => candidate.name?.value === wanted);
  if (operation === undefined || ((wanted === null || wanted === "") && operations.length > 1)) {
    const message =
      wanted === null || wanted === "" ? "An operation name is required" : `No operation named "${wanted}"`;
    return { errors: [{ message }] };
  }
  return { document, operation };
}

function readDocument(query: string, admin: AdminSchema): DocumentNode | ShopifyError[] {
  try {
    const document = parse(query);
    const errors = validate(admin.schema, document);
    return errors.length > 0 ? toShopifyErrors(errors, document) : document;
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    const place = error.locations?.[0];
    const at = place === undefined ? "" : ` at [${String(place.line)}, ${String(place.column)}]`;
    return [{ message: describeSyntaxError(error) + at, locations: error.locations }];
  }
}

function toExecutionError(error: NonNullable<ExecutionResult["errors"]>[number]): ShopifyError {
  const { message, locations, path, extensions } = error;
  return {
    message,
    locations,
    path,
    ...(Object.keys(extensions).length > 0
      ? { extensions }
      : { extensions: { code: "INTERNAL_SERVER_ERROR" } }),
  };
}

function tooExpensive(cost: number): ShopifyError {
  return {
    message: `Query cost is ${String(cost)}, which exceeds the single query max cost limit (${String(MAX_QUERY_COST)}).

See https://shopify.dev/concepts/about-apis/rate-limits for more information on how the
cost of a query is calculated.

To query larger amounts of data with fewer limits, bulk operations should be used instead.
See https://shopify.dev/tutorials/perform-bulk-operations-with-admin-api for usage details.
`,
    extensions: {
      code: "MAX_COST_EXCEEDED",
      cost,
      maxCost: MAX_QUERY_COST,
      documentation: "https://shopify.dev/api/usage/rate-limits",
    },
  };
}

function isFragment(definition: DocumentNode["definitions"][number]): definition is FragmentDefinitionNode {
  return definition.kind === Kind.FRAGMENT_DEFINITION;
}
