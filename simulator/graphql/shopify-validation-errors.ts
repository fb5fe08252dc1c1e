import {
  Kind,
  print,
  visit,
  type ASTNode,
  type DocumentNode,
  type GraphQLError,
  type OperationDefinitionNode,
} from "graphql";

/** An error as Shopify's API writes it. */
export type ShopifyError = {
  message: string;
  locations?: readonly { line: number; column: number }[];
  path?: readonly (string | number)[];
  extensions?: Record<string, unknown>;
};

type Translation = { message: string; extensions: Record<string, unknown> };
type Translator = (match: RegExpExecArray, operation: string, node: ASTNode | undefined) => Translation;

/**
 * graphql-js and Shopify (graphql-ruby) refuse the same documents in other words. Each line turns one
 * graphql-js message into Shopify's text and `extensions.code`.
 */
const TRANSLATIONS: readonly (readonly [RegExp, Translator])[] = [
  [
    /^Cannot query field "(\w+)" on type "(\w+)"/,
    ([, field, type]) => ({
      message: `Field '${field ?? ""}' doesn't exist on type '${type ?? ""}'`,
      extensions: { code: "undefinedField", typeName: type, fieldName: field },
    }),
  ],
  [
    /^Unknown argument "(\w+)" on field "\w+\.(\w+)"/,
    ([, argument, field]) => ({
      message: `Field '${field ?? ""}' doesn't accept argument '${argument ?? ""}'`,
      extensions: { code: "argumentNotAccepted", name: field, typeName: "Field", argumentName: argument },
    }),
  ],
  [
    /^Unknown argument "(\w+)" on directive "@(\w+)"/,
    ([, argument, directive]) => ({
      message: `Directive '${directive ?? ""}' doesn't accept argument '${argument ?? ""}'`,
      extensions: {
        code: "argumentNotAccepted",
        name: directive,
        typeName: "Directive",
        argumentName: argument,
      },
    }),
  ],
  [
    /^(Field|Directive) "@?(\w+)" argument "(\w+)" of type "[^"]+" is required/,
    ([, kind, name, argument]) => ({
      message: `${kind ?? ""} '${name ?? ""}' is missing required arguments: ${argument ?? ""}`,
      extensions: { code: "missingRequiredArguments", className: kind, name, arguments: argument },
    }),
  ],
  [
    /^Field "(\w+)" of type "([^"]+)" must have a selection of subfields/,
    ([, field, type]) => ({
      message: `Field must have selections (field '${field ?? ""}' returns ${named(type)} but has no selections. Did you mean '${field ?? ""} { ... }'?)`,
      extensions: { code: "selectionMismatch", nodeName: `field '${field ?? ""}'`, typeName: named(type) },
    }),
  ],
  [
    /^Field "(\w+)" must not have a selection since type "([^"]+)" has no subfields/,
    ([, field, type]) => ({
      message: `Selections can't be made on scalars (field '${field ?? ""}' returns ${named(type)} but has selections)`,
      extensions: { code: "selectionMismatch", nodeName: `field '${field ?? ""}'`, typeName: named(type) },
    }),
  ],
  [
    /^Variable "\$(\w+)" is not defined/,
    ([, name], operation) => ({
      message: `Variable $${name ?? ""} is used by ${operation} but not declared`,
      extensions: { code: "variableNotDefined", variableName: name },
    }),
  ],
  [
    /^Variable "\$(\w+)" is never used/,
    ([, name], operation) => ({
      message: `Variable $${name ?? ""} is declared by ${operation} but not used`,
      extensions: { code: "variableNotUsed", variableName: name },
    }),
  ],
  [
    /^Variable "\$(\w+)" of type "([^"]+)" used in position expecting type "([^"]+)"/,
    ([, name, type, expected]) => ({
      message: `Type mismatch on variable $${name ?? ""} and argument (${type ?? ""} / ${expected ?? ""})`,
      extensions: {
        code: "variableMismatch",
        variableName: name,
        typeName: type,
        errorMessage: "Type mismatch",
      },
    }),
  ],
  [
    /^Unknown fragment "(\w+)"/,
    ([, name]) => ({
      message: `Fragment ${name ?? ""} was used, but not defined`,
      extensions: { code: "useAndDefineFragment", fragmentName: name },
    }),
  ],
  [
    /^Fragment "(\w+)" is never used/,
    ([, name]) => ({
      message: `Fragment ${name ?? ""} was defined, but not used`,
      extensions: { code: "useAndDefineFragment", fragmentName: name },
    }),
  ],
  [
    /^Fragment (?:"(\w+)" )?cannot be spread here as objects of type "(\w+)" can never be of type "(\w+)"/,
    ([, name, parent, type]) => ({
      message: `Fragment ${name ?? `on ${type ?? ""}`} on ${type ?? ""} can't be spread inside ${parent ?? ""}`,
      extensions: {
        code: "cannotSpreadFragment",
        typeName: type,
        fragmentName: name ?? "unknown",
        parentName: parent,
      },
    }),
  ],
  [
    /^Unknown type "(\w+)"/,
    ([, type], _operation, node) =>
      node?.kind === Kind.NAMED_TYPE && isInVariable(node)
        ? {
            message: `${type ?? ""} isn't a defined input type`,
            extensions: { code: "variableRequiresValidType", typeName: type },
          }
        : {
            message: `No such type ${type ?? ""}, so it can't be a fragment condition`,
            extensions: { code: "undefinedType", typeName: type },
          },
  ],
  [
    /^Unknown directive "@(\w+)"/,
    ([, name]) => ({
      message: `Directive @${name ?? ""} is not defined`,
      extensions: { code: "undefinedDirective", directiveName: name },
    }),
  ],
  [
    /^Field "(\w+)" is not defined by type "(\w+)"/,
    ([, field, type]) => ({
      message: `InputObject '${type ?? ""}' doesn't accept argument '${field ?? ""}'`,
      extensions: { code: "argumentNotAccepted", name: type, typeName: "InputObject", argumentName: field },
    }),
  ],
  [
    /^Field "(\w+)\.(\w+)" of required type "([^"]+)" was not provided/,
    ([, type, field, expected]) => ({
      message: `Argument '${field ?? ""}' on InputObject '${type ?? ""}' is required. Expected type ${expected ?? ""}`,
      extensions: {
        code: "missingRequiredInputObjectAttribute",
        argumentName: field,
        argumentType: expected,
        inputObjectType: type,
      },
    }),
  ],
  [
    /^Fields "(\w+)" conflict because (.+?)\. Use different aliases/,
    ([, field, reason]) => ({
      message: `Field '${field ?? ""}' has a field conflict: ${reason ?? ""}`,
      extensions: { code: "fieldConflict", name: field, typeName: "Field", conflicts: reason },
    }),
  ],
  [
    /^(?:Int|Float|String|Boolean|ID) cannot represent|^Value "[^"]*" does not exist in|^Enum "\w+" cannot represent|^Expected value of type/,
    (_match, _operation, node) => literalTranslation(node),
  ],
];

const argumentOf = new WeakMap<ASTNode, { argument: string; expected: string; field: string }>();
const inVariable = new WeakSet<ASTNode>();

/** Shopify's wording and shape of the errors `validate` found in `document`. */
export function toShopifyErrors(errors: readonly GraphQLError[], document: DocumentNode): ShopifyError[] {
  const paths = indexPaths(document);
  return errors.map((error) => {
    const node = error.nodes?.[0];
    const path = (node === undefined ? undefined : paths.get(node)) ?? [];
    const operation = operationLabel(document);
    for (const [pattern, translate] of TRANSLATIONS) {
      const match = pattern.exec(error.message);
      if (match !== null)
        return { ...pick(translate(match, operation, node)), locations: error.locations, path };
    }
    return {
      message: error.message,
      locations: error.locations,
      path,
      extensions: { code: "invalidDocument" },
    };
  });

  function pick({ message, extensions }: Translation): ShopifyError {
    return { message, extensions };
  }
}

/** Remembers, for every node, Shopify's path to it: `["query Name", "orders", "edges", …]`. */
function indexPaths(document: DocumentNode): Map<ASTNode, string[]> {
  const paths = new Map<ASTNode, string[]>();
  const stack: string[] = [];
  const fields: string[] = [];
  let argument: string | null = null;
  visit(document, {
    enter(node) {
      const step = pathStep(node);
      if (step !== null) stack.push(step);
      if (node.kind === Kind.FIELD) fields.push(node.name.value);
      if (node.kind === Kind.ARGUMENT) argument = node.name.value;
      if (node.kind === Kind.NAMED_TYPE && stack.at(-1)?.startsWith("$") === true) inVariable.add(node);
      if (argument !== null) argumentOf.set(node, { argument, expected: "", field: fields.at(-1) ?? "" });
      paths.set(
        node,
        stack.filter((part) => !part.startsWith("$")),
      );
    },
    leave(node) {
      if (node.kind === Kind.FIELD) fields.pop();
      if (node.kind === Kind.ARGUMENT) argument = null;
      if (pathStep(node) !== null) stack.pop();
    },
  });
  return paths;
}

function pathStep(node: ASTNode): string | null {
  switch (node.kind) {
    case Kind.OPERATION_DEFINITION:
      return operationStep(node);
    case Kind.FRAGMENT_DEFINITION:
      return `fragment ${node.name.value}`;
    case Kind.FIELD:
      return node.alias?.value ?? node.name.value;
    case Kind.INLINE_FRAGMENT:
      return node.typeCondition === undefined ? "..." : `... on ${node.typeCondition.name.value}`;
    case Kind.FRAGMENT_SPREAD:
      return `... ${node.name.value}`;
    case Kind.ARGUMENT:
      return node.name.value;
    case Kind.VARIABLE_DEFINITION:
      return `$${node.variable.name.value}`;
    default:
      return null;
  }
}

function operationStep(node: OperationDefinitionNode): string {
  return node.name === undefined ? node.operation : `${node.operation} ${node.name.value}`;
}

function operationLabel(document: DocumentNode): string {
  const operation = document.definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  return operation?.name?.value ?? `anonymous ${operation?.operation ?? "query"}`;
}

function literalTranslation(node: ASTNode | undefined): Translation {
  const place = node === undefined ? undefined : argumentOf.get(node);
  const value = node === undefined ? "" : print(node);
  const [argument, field] = [place?.argument ?? "", place?.field ?? ""];
  return {
    message: `Argument '${argument}' on Field '${field}' has an invalid value (${value}).`,
    extensions: { code: "argumentLiteralsIncompatible", typeName: "Field", argumentName: argument },
  };
}

function isInVariable(node: ASTNode): boolean {
  return inVariable.has(node);
}

function named(type: string | undefined): string {
  return (type ?? "").replaceAll(/[[\]!]/g, "");
}
