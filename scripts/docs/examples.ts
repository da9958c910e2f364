import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type Entry, entriesOf, exampleOf, sourcesOf } from './reference';

/** What examples name and do not make themselves. */
const GIVEN = [
  'request: HttpRequest<User>',
  'form: FormData',
  'user: User',
  'group: unknown',
  'challenge: string',
  'secret: string',
  'encoded: string',
  'parseChallenge: (value: unknown) => { challenge: string } | null',
];

const FOREIGN: Readonly<Record<string, string>> = {
  Prisma: '@/lib/db/client',
  redirect: 'next/navigation',
  expect: 'vitest',
  z: 'zod',
};

/**
 * Every example of a docstring as one module, each in a function of its own with what it needs
 * imported, so that the type-check of the tree holds for them.
 */
export function examplesModule(root: string): string {
  const entries = sourcesOf(root).flatMap((file) =>
    entriesOf(file, readFileSync(path.join(root, file), 'utf8')),
  );
  const homes = new Map(entries.map((entry) => [entry.name, entry]));
  const examples = entries.flatMap(({ name, text }) => {
    const code = exampleOf(text);
    return code === null ? [] : [{ name, code }];
  });
  const words = new Set(wordsOf([...GIVEN, ...examples.map(({ code }) => code)].join('\n')));
  const imports = [...words].flatMap((word) => {
    const home = homes.get(word);
    const foreign = FOREIGN[word];
    if (foreign !== undefined) return [`import { ${word} } from '${foreign}';`];
    return home === undefined ? [] : [importOf(home)];
  });
  const functions = examples.map(
    ({ name, code }) => `export async function ${name}Example() {\n${inside(code)}\n}`,
  );
  return [
    '// Made from the docstrings by `npm run docs`, and checked with the rest: see scripts/docs/examples.ts.',
    ...imports.toSorted(),
    '',
    ...GIVEN.map((each) => `declare const ${each};`),
    '',
    functions.join('\n\n'),
    '',
  ].join('\n');
}

function importOf({ name, file, signature }: Entry): string {
  const keyword = /^(interface|type) /.test(signature) ? 'import type' : 'import';
  return `${keyword} { ${name} } from '@/${file.replace(/(\/index)?\.tsx?$/, '')}';`;
}

/** Names that stand by themselves: no property, no part of a text. */
function wordsOf(code: string): string[] {
  return code.replace(/'[^']*'/g, "''").match(/(?<![.\w])[A-Za-z]\w*\b(?!:)/g) ?? [];
}

function inside(code: string): string {
  return code.replace(/^export (default )?/gm, '').replace(/^(?=.)/gm, '  ');
}
