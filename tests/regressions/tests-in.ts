import ts from "typescript";

/** A test that runs, by its own name (of a table one a row, with the row's first cell where that is a text) and those of what it stands in. */
export type NamedTest = { name: string; within: string[] };

/** What may stand behind `test`, `it` or `describe`: with anything else (skip, todo, only, fails, runIf …) it is no test that surely runs. */
const RUNS = new Set(["each", "for", "concurrent", "sequential"]);
const NOT_RUN = new Set(["skip", "todo", "fails", "only"]);

/**
 * The tests of a file that run, as its code has them: what stands in a comment or a text, is skipped, stands under an `if`, or has no
 * body is none.
 */
export function testsIn(source: string): NamedTest[] {
  const file = ts.createSourceFile("a.test.ts", source, ts.ScriptTarget.Latest, true);
  const found: NamedTest[] = [];
  const visit = (node: ts.Node, within: string[]): void => {
    if (ts.isIfStatement(node) || ts.isConditionalExpression(node)) return;
    const call = ts.isCallExpression(node) ? readCall(node) : null;
    if (call === null) {
      ts.forEachChild(node, (child) => {
        visit(child, within);
      });
    } else if (call.body !== null) {
      if (call.of === "describe") visit(call.body, [...within, call.name]);
      else for (const name of namesOf(call)) found.push({ name, within });
    }
  };
  visit(file, []);
  return found;
}

type Call = { of: "test" | "describe"; name: string; rows: readonly string[]; body: ts.Node | null };

/** A call of `test`, `it` or `describe`; its body is null where it does not surely run. Null for any other call. */
function readCall({ expression, arguments: [title, ...more] }: ts.CallExpression): Call | null {
  const callee = readCallee(expression);
  if (callee === null) return null;
  const { of, runs, rows } = callee;
  const name = title === undefined ? null : readText(title);
  // `test.each(rows)` alone, whose answer is called with the name.
  if (name === null) return null;
  const body = more.find((one) => ts.isArrowFunction(one) || ts.isFunctionExpression(one));
  const isHeld = more.some(
    (one) =>
      ts.isObjectLiteralExpression(one) &&
      one.properties.some((property) => NOT_RUN.has(property.name?.getText() ?? "")),
  );
  return { of, name, rows, body: runs && !isHeld ? (body ?? null) : null };
}

/** A name that shows the first cell of a row is one of each row. */
function namesOf({ name, rows }: Call): string[] {
  const named = rows.map((cell) => name.replace(/%[sj]/, () => cell));
  return /%[sj]/.test(name) && named.length > 0 ? named : [name];
}

function readCallee(callee: ts.Expression): (Pick<Call, "of" | "rows"> & { runs: boolean }) | null {
  if (ts.isIdentifier(callee)) {
    if (callee.text === "test" || callee.text === "it") return { of: "test", runs: true, rows: [] };
    return callee.text === "describe" ? { of: "describe", runs: true, rows: [] } : null;
  }
  if (ts.isCallExpression(callee)) {
    const called = readCallee(callee.expression);
    return called && { ...called, rows: readFirstCells(callee.arguments[0]) };
  }
  if (ts.isTaggedTemplateExpression(callee)) return readCallee(callee.tag);
  if (!ts.isPropertyAccessExpression(callee)) return null;
  const inner = readCallee(callee.expression);
  return inner && { ...inner, runs: inner.runs && RUNS.has(callee.name.text) };
}

/** Of a table that is written where it is used, the first cell of each row that is a text. */
function readFirstCells(table: ts.Expression | undefined): string[] {
  if (table === undefined) return [];
  if (ts.isAsExpression(table) || ts.isSatisfiesExpression(table)) return readFirstCells(table.expression);
  if (!ts.isArrayLiteralExpression(table)) return [];
  return table.elements.flatMap((row) => {
    const cell = ts.isArrayLiteralExpression(row) ? row.elements[0] : row;
    return (cell && readText(cell)) ?? [];
  });
}

/** What is put into it at run time is left out. */
function readText(node: ts.Expression): string | null {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isTemplateExpression(node))
    return [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join("…");
  if (!ts.isBinaryExpression(node)) return null;
  const [left, right] = [readText(node.left), readText(node.right)];
  return left === null || right === null ? null : left + right;
}
