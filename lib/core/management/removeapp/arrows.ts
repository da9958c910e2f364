import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

/** Which files each file of a tree names, by their paths from its root. */
export type Arrows = ReadonlyMap<string, readonly string[]>;

const SPECIFIER = /(?:from|^import|import\(|mock\() ?'([^']+)'/gm;
// What a test runs by itself, or has run before it, it names by its path.
const PROGRAM = /'(tests\/support\/[^']+\.ts)'/g;

/**
 * What the TypeScript files among these import of one another, type-only imports included, or name as
 * a program to run. `root` is the folder that `@/` stands for.
 */
export function arrowsOf(root: string, files: readonly string[]): Arrows {
  const known = new Set(files);
  return new Map(
    files
      .filter((file) => /\.(tsx?|mjs)$/.test(file) && existsSync(join(root, file)))
      .map((file) => {
        const text = readFileSync(join(root, file), 'utf8');
        const found = [...text.matchAll(SPECIFIER), ...text.matchAll(PROGRAM)];
        const names = found.map(([, name = '']) => name);
        return [file, names.flatMap((name) => resolveImport(file, name, known) ?? [])];
      }),
  );
}

/** Which of the known files an import of `name` in `from` leads to; null for none of them. */
export function resolveImport(
  from: string,
  name: string,
  known: ReadonlySet<string>,
): string | null {
  if (!/^(@\/|\.|tests\/)/.test(name)) return null;
  const bare = name.startsWith('.')
    ? posix.join(posix.dirname(from), name)
    : name.replace(/^@\//, '');
  const names = ['', '.ts', '.tsx', '/index.ts'].map((ending) => bare + ending);
  return names.find((file) => known.has(file)) ?? null;
}

/** The files that some files lead to, themselves included, without going through `without`. */
export function reachedFrom(
  arrows: Arrows,
  roots: readonly string[],
  without: ReadonlySet<string> = new Set(),
): Set<string> {
  const reached = new Set<string>();
  const waiting = roots.filter((file) => !without.has(file));
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (reached.has(file)) continue;
    reached.add(file);
    waiting.push(...(arrows.get(file) ?? []).filter((to) => !without.has(to)));
  }
  return reached;
}
