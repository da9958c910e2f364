import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Arrows, resolveImport } from './arrows';
import type { TakenNames } from './prune-config';

const NAMED = /(?:import|export) (?:type )?\{([^}]*)\} from '([^']+)'/g;

/**
 * The files of `lib`, `components`, `scripts` and `tests` from which only what goes took something: what they export is
 * there for the next app, and no longer used by any.
 */
export function offeredBy(root: string, arrows: Arrows, gone: ReadonlySet<string>): string[] {
  const taken = new Set<string>();
  const left = new Set<string>();
  for (const [file, files] of arrows) {
    const text = readFileSync(join(root, file), 'utf8');
    for (const [, names = '', from = ''] of text.matchAll(NAMED)) {
      const to = files.find((each) => isNamed(each, from));
      if (!to || !/^(lib|components|scripts|tests)\//.test(to)) continue;
      for (const name of names.split(',').map(exported).filter(Boolean)) {
        (gone.has(file) ? taken : left).add(`${to} ${name}`);
      }
    }
  }
  const unused = [...taken]
    .filter((each) => !left.has(each))
    .map((each) => each.split(' ')[0] ?? '');
  return [...new Set(unused)].filter((file) => !gone.has(file)).toSorted();
}

/** The name under which `type User as Person` is exported. */
function exported(specifier: string): string {
  return (
    specifier
      .trim()
      .replace(/^type /, '')
      .split(' as ')[0] ?? ''
  );
}

function isNamed(file: string, specifier: string): boolean {
  const path = specifier.replace(/^@\//, '').replace(/^(\.\.?\/)+/, '');
  return new RegExp(`(^|/)${path.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(/index)?\\.tsx?$`).test(
    file,
  );
}

/** What the config `by` took of another file, and takes no more. */
export type TakenFrom = TakenNames & { by: string };

/**
 * The files that stay of which configs took something and take it no more: knip is told of them, since
 * nothing else may.
 */
export function offeredTo(files: readonly string[], dropped: readonly TakenFrom[]): string[] {
  const known = new Set(files);
  const found = dropped.flatMap(({ from, by }) => resolveImport(by, from, known) ?? []);
  return [...new Set(found)];
}
