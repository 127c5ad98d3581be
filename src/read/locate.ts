/** Where in a mapping file a path stands. Costs a parser, so it is loaded only when there is a problem to print. */
import { readFileSync } from "node:fs";
import type { ArrayLiteralExpression, Expression, Node, ObjectLiteralExpression, SourceFile } from "ts-morph";
import type { Position } from "../problem.js";

/** From the object of `defineConfig` on; first the index where the file exports an array. */
export type ConfigPath = readonly (string | number)[];

/** `value`: of a constant, itself; else its key. `key`: always the key, for one that should not be there. */
export type Aim = "value" | "key";
export type Locate = (path: ConfigPath, aim?: Aim) => Position;

/** The place of a path, or of its nearest ancestor that is found. */
export async function locate(configPath: string, path: ConfigPath): Promise<Position> {
  return (await locator(configPath))(path);
}

/** The same for many paths, parsed once. */
export async function locator(configPath: string): Promise<Locate> {
  const { Node: Kind, Project } = await import("ts-morph");
  const text = readFileSync(configPath, "utf8");
  const project = new Project({ useInMemoryFileSystem: true, skipLoadingLibFiles: true, compilerOptions: { allowJs: true } });
  const source = project.createSourceFile(`/${configPath.endsWith("js") ? "config.js" : "config.ts"}`, text);
  const lines = text.split(/\r?\n/);
  return (path, aim = "value") => {
    const { line, column } = source.getLineAndColumnAtPos(find(Kind, source, path, aim).getStart());
    const shown = lines[line - 1];
    return { file: configPath, line, column, ...(shown === undefined ? {} : { text: shown }) };
  };
}

type Guards = typeof Node;

function find(kind: Guards, source: SourceFile, path: ConfigPath, aim: Aim): Node {
  const exported = source.getExportAssignment((each) => !each.isExportEquals());
  let at = exported === undefined ? undefined : mapping(kind, source, exported.getExpression());
  let shown: Node = at ?? exported ?? source;
  for (const [index, segment] of path.entries()) {
    const step = at === undefined ? undefined : child(kind, source, at, segment);
    if (step === undefined) break;
    const value = bare(kind, step.value);
    const isValue = index === path.length - 1 && aim === "value" && (kind.isLiteralExpression(value) || kind.isTrueLiteral(value) || kind.isFalseLiteral(value) || kind.isNullLiteral(value));
    shown = isValue ? value : step.key;
    at = mapping(kind, source, step.value);
  }
  return shown;
}

interface Step {
  readonly key: Node;
  readonly value: Node;
}

/** What stands behind brackets, `as` and `satisfies`: a value that the types refuse is written with one of them. */
function bare(kind: Guards, node: Node): Node {
  return kind.isParenthesizedExpression(node) || kind.isAsExpression(node) || kind.isSatisfiesExpression(node) ? bare(kind, node.getExpression()) : node;
}

/** The literal that an expression stands for: behind brackets, `as`, `satisfies`, a constant's name, or `defineConfig<...>()(...)`. */
function mapping(kind: Guards, source: SourceFile, written: Node): ObjectLiteralExpression | ArrayLiteralExpression | undefined {
  const node = bare(kind, written);
  if (kind.isObjectLiteralExpression(node) || kind.isArrayLiteralExpression(node)) return node;
  if (kind.isCallExpression(node)) {
    const [argument] = node.getArguments();
    return argument === undefined ? undefined : mapping(kind, source, argument);
  }
  const constant = kind.isIdentifier(node) ? initializer(source, node.getText()) : undefined;
  return constant === undefined ? undefined : mapping(kind, source, constant);
}

function initializer(source: SourceFile, name: string): Expression | undefined {
  return source.getVariableDeclaration(name)?.getInitializer();
}

function child(kind: Guards, source: SourceFile, at: ObjectLiteralExpression | ArrayLiteralExpression, segment: string | number): Step | undefined {
  if (kind.isArrayLiteralExpression(at)) {
    const element = at.getElements()[Number(segment)];
    return element === undefined ? undefined : { key: element, value: element };
  }
  for (const property of [...at.getProperties()].reverse()) {
    if (kind.isSpreadAssignment(property)) {
      const spread = mapping(kind, source, property.getExpression());
      const found = spread === undefined ? undefined : child(kind, source, spread, segment);
      if (found !== undefined) return found;
    } else if (kind.isPropertyAssignment(property) && nameOf(kind, property.getNameNode()) === String(segment)) {
      const value = property.getInitializer();
      return { key: property.getNameNode(), value: value ?? property };
    } else if (kind.isShorthandPropertyAssignment(property) && property.getName() === String(segment)) {
      return { key: property.getNameNode(), value: initializer(source, property.getName()) ?? property.getNameNode() };
    }
  }
  return undefined;
}

function nameOf(kind: Guards, name: Node): string {
  if (kind.isComputedPropertyName(name)) return nameOf(kind, name.getExpression());
  return kind.isStringLiteral(name) || kind.isNumericLiteral(name) || kind.isNoSubstitutionTemplateLiteral(name) ? String(name.getLiteralValue()) : name.getText();
}
