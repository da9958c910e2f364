import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseAst } from 'vitest/node';

/** A node of the syntax tree, as the parser of vitest gives it (ESTree with TypeScript's nodes). */
export type Node = { type: string; start: number; end: number; [key: string]: unknown };

export const repositoryRoot = path.resolve(import.meta.dirname, '../..');

/** The TypeScript files below a folder of the repository, by their path from its root. */
export function sourceFiles(folder: string, root = repositoryRoot): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => path.posix.join(folder, name.split(path.sep).join('/')))
    .filter((name) => /\.tsx?$/.test(name) && !name.startsWith('lib/generated/'))
    .sort();
}

/** The text of a file of the repository. */
export function readSource(name: string, root = repositoryRoot): string {
  return readFileSync(path.join(root, name), 'utf8');
}

/**
 * The syntax tree of a module in TypeScript, with or without JSX; `ts` reads what JSX cannot, such as
 * `<T>() => …`. Throws on a syntax error.
 */
export function parseSource(source: string, lang: 'ts' | 'tsx' = 'tsx'): Node {
  const program: unknown = parseAst(source, { lang });
  if (!isNode(program)) throw new TypeError('The parser gave no tree.');
  return program;
}

/** Call `visit` for a node and for everything below it. */
export function walk(node: Node, visit: (node: Node) => void): void {
  visit(node);
  for (const child of Object.values(node).flat()) if (isNode(child)) walk(child, visit);
}

/** Whether a property of a node is a node itself. */
export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value;
}
