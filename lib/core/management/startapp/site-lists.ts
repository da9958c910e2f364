import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Program } from 'oxc-parser';
import { CommandError } from '@/lib/core/management/base';

/**
 * A line of a list of the site: the array, what is to stand in it, and where that is from. The array is
 * exported, unless its module keeps it.
 */
type Line = { list: string; name: string; from: string; isKept?: boolean };

/** A line, and the file that has its list. */
export type FiledLine = Line & { file: string };

/** The lists in which every app has its line, and what of an app stands there. */
const LISTS = [
  { file: 'lib/site/apps.ts', list: 'apps', part: 'App', module: 'apps' },
  { file: 'lib/site/app-configs.ts', list: 'appConfigs', part: 'Config', module: 'config' },
] as const;

/**
 * The two lists of the site's apps below `root`, by path, with the lines of the app in `lib/site/<app>`.
 * Throws CommandError where one is not to be understood, or has it already. Writes nothing.
 */
export async function withApp(root: string, app: string): Promise<Map<string, string>> {
  const lines = LISTS.map(({ file, list, part, module }) => ({
    file,
    list,
    name: `${app}${part}`,
    from: `@/lib/site/${app}/${module}`,
  }));
  return withLines(root, lines);
}

/**
 * Modules below `root` with one more line each, by path. Throws CommandError where a list is not to be
 * understood, or has the name already. Writes nothing.
 */
export async function withLines(
  root: string,
  lines: readonly FiledLine[],
): Promise<Map<string, string>> {
  const changes = new Map<string, string>();
  for (const { file, ...line } of lines) {
    changes.set(file, await withLine(file, readFileSync(join(root, file), 'utf8'), line));
  }
  return changes;
}

/**
 * A module with one more element at the end of its array `list`, and the import
 * for it behind the others. It reads the module's syntax; formatting and order of the imports are
 * Biome's. Throws CommandError where there is no such array, or the name is there already.
 */
export async function withLine(file: string, source: string, line: Line): Promise<string> {
  const { parseSync } = await import('oxc-parser').catch(() => {
    throw new CommandError('This needs the packages of development: npm ci.');
  });
  const { program, errors } = parseSync(file, source);
  const list = errors.length === 0 ? arrayOf(program, line) : null;
  if (!list) {
    throw new CommandError(
      `${file} has no "${line.isKept ? '' : 'export '}const ${line.list} = […]" to add a line to.`,
    );
  }
  if (new RegExp(`\\b${line.name}\\b`).test(source)) {
    throw new CommandError(`${file} has ${line.name} already.`);
  }
  const isEmpty = list.elements.length === 0;
  const end = list.elements.at(-1)?.end ?? list.start + 1;
  const listed = `${source.slice(0, end)}${isEmpty ? '' : ', '}${line.name}${source.slice(end)}`;
  // Biome sorts up to an import without a name, which stays where it is.
  const named = program.body.findLast(
    (node) => node.type === 'ImportDeclaration' && node.specifiers.length > 0,
  );
  const statement = `import { ${line.name} } from '${line.from}';\n`;
  if (!named) return `${statement}${listed}`;
  return `${listed.slice(0, named.end)}\n${statement.trimEnd()}${listed.slice(named.end)}`;
}

function arrayOf({ body }: Program, { list: name, isKept = false }: Line) {
  for (const node of body) {
    const kept = isKept ? node : null;
    const declaration = node.type === 'ExportNamedDeclaration' ? node.declaration : kept;
    if (declaration?.type !== 'VariableDeclaration') continue;
    for (const { id, init } of declaration.declarations) {
      if (id.type !== 'Identifier' || id.name !== name || !init) continue;
      const isWrapped = init.type === 'TSAsExpression' || init.type === 'TSSatisfiesExpression';
      const value = isWrapped ? init.expression : init;
      if (value.type === 'ArrayExpression') return value;
    }
  }
  return null;
}
