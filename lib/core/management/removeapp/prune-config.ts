import type { Node, Program } from 'oxc-parser';
import { CommandError } from '@/lib/core/management/base';

/** Names that a file takes from another, as the import writes them. */
export type TakenNames = { from: string; names: readonly string[] };

/** A config without what goes, and what it takes of others no more. */
export type PrunedConfig = { text: string; dropped: TakenNames[] };

type Range = { start: number; end: number };
/** One name of an import: as its module calls it, as this one does, and as it is written. */
type Name = { name: string; local: string; text: string };
type Import = Range & { word: 'import' | 'import type'; from: string; names: Name[] };

/**
 * An app's config without what it brings by the imports that `isGone` says are gone: the elements of
 * its lists that name them, lists of nothing else, and the imports that are needed for nothing more.
 * The parts called as in `goneParts` go whole, since nothing reads them.
 * Null when something else of the file names them. It reads the module's syntax.
 */
export async function pruneConfig(
  file: string,
  source: string,
  isGone: (specifier: string) => boolean,
  goneParts: readonly string[] = [],
): Promise<PrunedConfig | null> {
  const { parseSync } = await import('oxc-parser').catch(() => {
    throw new CommandError('This needs the packages of development: npm ci.');
  });
  const { program } = parseSync(file, source);
  const imports = importsOf(program, source);
  const gone = imports.filter(({ from }) => isGone(from));
  const names = gone.flatMap((each) => each.names.map(({ local }) => local));
  const cut = partsOf(program).flatMap((part) =>
    goneParts.includes(part.name) ? [withComma(part.range, source)] : cutOf(part, source, names),
  );
  const body = replaced(source, [...imports, ...cut]);
  if (names.some((name) => isNamedIn(body, name))) return null;
  const dropped = textOf(source, cut);
  const isUnused = (name: string) => isNamedIn(dropped, name) && !isNamedIn(body, name);
  const fewer = imports.flatMap((each) => {
    const names = each.names.filter(({ local }) => gone.includes(each) || isUnused(local));
    return gone.includes(each) || names.length > 0 ? [{ ...each, dropped: names }] : [];
  });
  const edits = fewer.map(({ start, end, word, names, dropped, from }) => {
    const left = names.filter((name) => !dropped.includes(name)).map(({ text }) => text);
    const text = left.length > 0 ? `${word} { ${left.join(', ')} } from '${from}';\n` : '';
    return { start, end: end + 1, text };
  });
  return {
    text: replaced(source, [...edits, ...cut]),
    dropped: fewer.map(({ from, dropped }) => ({ from, names: dropped.map(({ name }) => name) })),
  };
}

function importsOf({ body }: Program, source: string): Import[] {
  return body.flatMap((node) => {
    if (node.type !== 'ImportDeclaration') return [];
    const names = node.specifiers.map((each) => ({
      name:
        each.type === 'ImportSpecifier' && each.imported.type === 'Identifier'
          ? each.imported.name
          : each.local.name,
      local: each.local.name,
      text: source.slice(each.start, each.end),
    }));
    const word = node.importKind === 'type' ? 'import type' : 'import';
    return [{ start: node.start, end: node.end, word, from: node.source.value, names }];
  });
}

/** The properties of what `defineConfig` is told. */
function partsOf({ body }: Program): { name: string; range: Range; value: Node }[] {
  return body.flatMap((node) => {
    const declaration = node.type === 'ExportNamedDeclaration' ? node.declaration : null;
    if (declaration?.type !== 'VariableDeclaration') return [];
    const [{ init } = { init: null }] = declaration.declarations;
    const told = init?.type === 'CallExpression' ? init.arguments[1] : null;
    if (told?.type !== 'ObjectExpression') return [];
    return told.properties.flatMap((each) => {
      if (each.type !== 'Property') return [];
      const name = each.key.type === 'Identifier' ? each.key.name : '';
      return [{ name, range: each, value: each.value }];
    });
  });
}

/** What of one part has to go: some of its elements, or all of it. */
function cutOf(
  { range, value }: { range: Range; value: Node },
  source: string,
  names: readonly string[],
): Range[] {
  const isNaming = (part: Range) =>
    names.some((name) => isNamedIn(source.slice(part.start, part.end), name));
  if (!isNaming(range)) return [];
  const elements =
    value.type === 'ArrayExpression' ? value.elements.filter((each) => each !== null) : [];
  const going = elements.filter(isNaming);
  const isWhole = going.length === elements.length;
  return (isWhole ? [range] : going).map((each) => withComma(each, source));
}

function withComma({ start, end }: Range, source: string): Range {
  return { start, end: end + (/^\s*,/.exec(source.slice(end))?.[0].length ?? 0) };
}

function isNamedIn(text: string, name: string): boolean {
  return new RegExp(`(?<![\\w$.])${name}(?![\\w$])`).test(text);
}

function textOf(source: string, ranges: readonly Range[]): string {
  return ranges.map(({ start, end }) => source.slice(start, end)).join('\n');
}

function replaced(source: string, ranges: readonly (Range & { text?: string })[]): string {
  const last = ranges.toSorted((one, other) => other.start - one.start);
  return last.reduce(
    (rest, { start, end, text = '' }) => rest.slice(0, start) + text + rest.slice(end),
    source,
  );
}
