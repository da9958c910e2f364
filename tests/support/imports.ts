import { existsSync } from 'node:fs';
import path from 'node:path';
import { isNode, parseSource, readSource, sourceFiles, walk } from './sources';

/** An arrow of the import graph: both are files by their path from the root. */
export type Arrow = { from: string; to: string };

/** Whatever a module names: imports, type-only ones too, re-exports and `import()`. */
export function specifiersOf(source: string): string[] {
  const found: string[] = [];
  walk(parseSource(source), (node) => {
    const names = ['ImportDeclaration', 'ExportNamedDeclaration', 'ExportAllDeclaration'];
    if (![...names, 'ImportExpression'].includes(node.type)) return;
    const text = literalOf(node['source']);
    if (text !== null) found.push(text);
  });
  return found;
}

function literalOf(node: unknown): string | null {
  return isNode(node) && typeof node['value'] === 'string' ? node['value'] : null;
}

/** The arrows between the files of some folders, and to what they name outside as it is written. */
export function importGraph(...folders: string[]): Arrow[] {
  return folders
    .flatMap((folder) => sourceFiles(folder))
    .flatMap((from) =>
      [...new Set(specifiersOf(readSource(from)))].map((specifier) => ({
        from,
        to: resolveImport(from, specifier),
      })),
    );
}

function resolveImport(from: string, specifier: string): string {
  const isOurs = specifier.startsWith('@/') || specifier.startsWith('.');
  if (!isOurs) return specifier;
  const bare = specifier.startsWith('@/')
    ? specifier.slice(2)
    : path.posix.join(path.posix.dirname(from), specifier);
  const candidates = ['.ts', '.tsx', '/index.ts', ''].map((extension) => bare + extension);
  return candidates.find((name) => /\.\w+$/.test(name) && existsSync(name)) ?? bare;
}

/** The circles of a graph: each set of files that all reach one another, sorted. */
export function circles(arrows: readonly Arrow[]): string[][] {
  const next = new Map<string, string[]>();
  for (const { from, to } of arrows) next.set(from, [...(next.get(from) ?? []), to]);
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const found: string[][] = [];
  const visit = (file: string) => {
    index.set(file, index.size);
    low.set(file, index.size - 1);
    stack.push(file);
    for (const to of next.get(file) ?? []) {
      if (!index.has(to)) visit(to);
      const reach = stack.includes(to) ? (low.get(to) ?? 0) : Number.POSITIVE_INFINITY;
      low.set(file, Math.min(low.get(file) ?? 0, reach));
    }
    if (low.get(file) !== index.get(file)) return;
    const circle = stack.splice(stack.indexOf(file));
    if (circle.length > 1) found.push(circle.toSorted());
  };
  for (const file of next.keys()) if (!index.has(file)) visit(file);
  return found;
}
