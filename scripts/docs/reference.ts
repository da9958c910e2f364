import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseSync } from 'oxc-parser';

/** A name that a module exports, with its docstring. */
export type Entry = { name: string; signature: string; text: string; file: string };

/**
 * The reference of `lib`, a page for each of its rooms, by the page's file name. What a team writes in
 * `lib/site` has no page: else its first docstring would make the reference stale.
 */
export function referencePages(root: string): Map<string, string> {
  const rooms = new Map<string, Entry[]>();
  for (const file of sourcesOf(root)) {
    const entries = entriesOf(file, readFileSync(path.join(root, file), 'utf8'));
    const room = roomOf(file);
    if (entries.length > 0) rooms.set(room, [...(rooms.get(room) ?? []), ...entries]);
  }
  const names = [...rooms.keys()].sort();
  const pages = names.map((room): [string, string] => [pageOf(room), pageText(room, rooms)]);
  return new Map([['README.md', indexText(names, rooms)], ...pages]);
}

/** The files of lib that are read. */
export function sourcesOf(root: string): string[] {
  return readdirSync(path.join(root, 'lib'), { recursive: true, encoding: 'utf8' })
    .map((name) => path.posix.join('lib', name.split(path.sep).join('/')))
    .filter((name) => /\.tsx?$/.test(name) && !/^lib\/(generated|site)\//.test(name))
    .sort();
}

/** Django's apps and the extras have a page each, everything else one per folder. */
function roomOf(file: string): string {
  const [, first = '', second = ''] = file.split('/');
  const isShelf = ['contrib', 'extras'].includes(first) && !/\.tsx?$/.test(second);
  return isShelf ? `${first}/${second}` : first;
}

const pageOf = (room: string) => `${room.replace('/', '-')}.md`;

/** What a module exports with a docstring: its declaration without the body, and the text. */
export function entriesOf(file: string, source: string): Entry[] {
  const { program, comments } = parseSync(file, source);
  return program.body.flatMap((node) => {
    if (node.type !== 'ExportNamedDeclaration' || !node.declaration) return [];
    const comment = comments.findLast(({ end }) => end <= node.start);
    const isItsOwn = comment && source.slice(comment.end, node.start).trim() === '';
    if (!isItsOwn || !comment.value.startsWith('*')) return [];
    const { declaration } = node;
    const name = nameOf(declaration);
    if (name === null) return [];
    const text = source.slice(declaration.start, headEnd(declaration)).trim();
    const signature = text.replace(/\s*=$/, '').replace(/\n\s*\/\*\*[\s\S]*?\*\//g, '');
    return [{ name, signature, text: wordsOf(comment.value), file }];
  });
}

type Declaration = NonNullable<
  Extract<
    ReturnType<typeof parseSync>['program']['body'][number],
    { type: 'ExportNamedDeclaration' }
  >['declaration']
>;

function nameOf(declaration: Declaration): string | null {
  if (declaration.type === 'VariableDeclaration') {
    const id = declaration.declarations[0]?.id;
    return id?.type === 'Identifier' ? id.name : null;
  }
  return 'id' in declaration && declaration.id?.type === 'Identifier' ? declaration.id.name : null;
}

/** Where the part that a caller must know ends: before a body, and before a long value. */
function headEnd(declaration: Declaration): number {
  if (declaration.type === 'FunctionDeclaration' || declaration.type === 'ClassDeclaration') {
    return declaration.body?.start ?? declaration.end;
  }
  if (declaration.type === 'VariableDeclaration') {
    return declaration.declarations[0]?.init?.start ?? declaration.end;
  }
  return declaration.end;
}

function wordsOf(comment: string): string {
  const lines = comment.slice(1).split('\n');
  return lines
    .map((line) => line.replace(/^\s*\* ?/, '').trimEnd())
    .join('\n')
    .trim();
}

function pageText(room: string, rooms: ReadonlyMap<string, readonly Entry[]>): string {
  const entries = (rooms.get(room) ?? []).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const parts = entries.map(({ name, signature, text, file }) =>
    [
      `## ${name}`,
      `\`@/${file.replace(/(\/index)?\.tsx?$/, '')}\``,
      code(signature),
      prose(text),
    ].join('\n\n'),
  );
  return `${[`# ${room}`, 'Made from the docstrings by `npm run docs`.', ...parts].join('\n\n')}\n`;
}

const code = (text: string) => `\`\`\`ts\n${text}\n\`\`\``;

/** The code of a docstring's example, which is its end; null where there is none. */
export function exampleOf(text: string): string | null {
  return text.split(/^@example\n/m)[1]?.trim() ?? null;
}

/** A docstring as Markdown: its line on Django apart, its example as code. */
function prose(text: string): string {
  const [words = ''] = text.split(/^@example\n/m);
  const example = exampleOf(text);
  const shown = words.trim().replace(/\n(Django|RFC|NIST)([:\s])/g, '\n\n$1$2');
  return example === null ? shown : `${shown}\n\n${code(example)}`;
}

function indexText(names: readonly string[], rooms: ReadonlyMap<string, readonly Entry[]>): string {
  const rows = names.map((room) => {
    const exported = rooms.get(room) ?? [];
    return `| [${room}](${pageOf(room)}) | ${exported.length} |`;
  });
  return [
    '# Reference',
    '',
    'What each module of `lib` exports, made from the docstrings by `npm run docs`. Who looks for a name of Django finds it in [the map](../django-map.md).',
    '',
    '| room | names |',
    '|---|---|',
    ...rows,
    '',
  ].join('\n');
}
