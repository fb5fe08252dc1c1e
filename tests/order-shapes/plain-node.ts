import {
  getArgumentValues,
  getNamedType,
  getNullableType,
  isCompositeType,
  isListType,
  Kind,
  parse,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type SelectionSetNode,
} from "graphql";
import { bulkDocument } from "#app/shopify/bulk/documents.ts";
import { nodeSelections } from "#simulator/bulk/compile-projection.ts";
import { connectionNodeType, type AnyField } from "#simulator/graphql/connection-types.ts";
import { loadSchema } from "#simulator/schema/load-schema.ts";
import type { SimNode, SimValue } from "#simulator/store/types.ts";
import { ALL_SCOPES } from "./bulk-records.ts";

export type PlainNode = Record<string, unknown>;
type SimRecord = Readonly<Record<string, SimValue | undefined>>;
type Project = (record: SimRecord) => PlainNode;

const ordersQuery = bulkDocument("orders", { scopes: ALL_SCOPES, window: null }).query;
const compiled = new Map<string, Project>();

/**
 * A record as the app's own document selects it, in plain JSON: a connection is an array, and absent where it is empty,
 * as in a record put together from a bulk file.
 * @param document any query of one root field, an object or a connection; the app's bulk query of orders if not given.
 * @throws Error when the record lacks a field that the document selects.
 */
export function plainNode(record: SimNode, document = ordersQuery): PlainNode {
  let project = compiled.get(document);
  if (!project) compiled.set(document, (project = compileDocument(document)));
  return project(record);
}

function compileDocument(text: string): Project {
  const { schema } = loadSchema();
  const document = parse(text);
  const fragments = new Map<string, FragmentDefinitionNode>();
  let root: FieldNode | undefined;
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
    if (definition.kind === Kind.OPERATION_DEFINITION)
      root = definition.selectionSet.selections.find((one) => one.kind === Kind.FIELD);
  }
  const query = schema.getQueryType();
  if (!root || !query) throw new Error("A document needs one root field");
  return compileField(query, root).project;

  function compileField(parent: GraphQLObjectType, node: FieldNode): { field: AnyField; project: Project } {
    const field = parent.getFields()[node.name.value] as AnyField | undefined;
    if (!field) throw new Error(`There is no ${parent.name}.${node.name.value}`);
    const connection = connectionNodeType(field.type);
    const sets =
      connection === null ? (node.selectionSet ? [node.selectionSet] : []) : nodeSelections(node, fragments);
    return { field, project: compileComposite(connection?.name ?? getNamedType(field.type).name, sets) };
  }

  /** By the record's own `__typename` where the type is an interface or a union. */
  function compileComposite(typeName: string, sets: readonly SelectionSetNode[]): Project {
    const byType = new Map<string, Project>();
    return (record) => {
      const name = typeof record["__typename"] === "string" ? record["__typename"] : typeName;
      let project = byType.get(name);
      if (!project)
        byType.set(name, (project = compileObject(schema.getType(name) as GraphQLObjectType, sets)));
      return project(record);
    };
  }

  function compileObject(type: GraphQLObjectType, sets: readonly SelectionSetNode[]): Project {
    const writers: ((record: SimRecord, into: PlainNode) => void)[] = [];
    const collect = (set: SelectionSetNode): void => {
      for (const selection of set.selections) {
        if (selection.kind === Kind.FIELD) {
          writers.push(compileWriter(type, selection));
          continue;
        }
        const fragment =
          selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection;
        if (!fragment) continue;
        const condition = fragment.typeCondition?.name.value ?? type.name;
        const applies =
          condition === type.name || type.getInterfaces().some(({ name }) => name === condition);
        if (applies) collect(fragment.selectionSet);
      }
    };
    sets.forEach(collect);
    return (record) => {
      const into: PlainNode = {};
      for (const write of writers) write(record, into);
      return into;
    };
  }

  function compileWriter(type: GraphQLObjectType, node: FieldNode) {
    const key = node.alias?.value ?? node.name.value;
    if (node.name.value === "__typename")
      return (_record: SimRecord, into: PlainNode): void => {
        into[key] = type.name;
      };
    const { field, project } = compileField(type, node);
    const args = field.args.length === 0 ? {} : getArgumentValues(field, node, {});
    const isConnection = connectionNodeType(field.type) !== null;
    const isObject = isCompositeType(getNamedType(field.type));
    const isList = isConnection || isListType(getNullableType(field.type));
    return (record: SimRecord, into: PlainNode): void => {
      const stored = record[field.name];
      const value = typeof stored === "function" ? stored(args) : stored;
      if (value === undefined) throw new Error(`${type.name}.${field.name} is not in the record`);
      if (value === null || !isObject) into[key] = value;
      else if (!isList) into[key] = project(value as SimRecord);
      else {
        const list = (value as readonly SimRecord[]).map(project);
        if (!isConnection || list.length > 0) into[key] = list;
      }
    };
  }
}
