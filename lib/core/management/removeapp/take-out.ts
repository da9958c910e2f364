import { existsSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { LISTS, type Removal } from './plan';

const MAP = 'docs/django-map.md';
const KNIP = 'knip.json';
const GONE = 'tests/gone.json';

/**
 * Delete the files of a removal, the folders that they leave empty, the lines of the app in the two
 * lists, what the `configs` of others, as they are given here, bring of it, and the rows of `docs/django-map.md` that lead to what is gone. What the rest still offers, and
 * only the app took, knip is told of as the beginning of something, so that it is no dead code. Throws
 * before anything is deleted when the line of the app's declaration is not found.
 */
export function takeOut(
  root: string,
  label: string,
  removal: Removal,
  configs: ReadonlyMap<string, string> = new Map(),
): void {
  const files = [...removal.own, ...removal.unused, ...removal.tests];
  const edited = new Map(configs);
  for (const list of LISTS) {
    const before = readFileSync(join(root, list), 'utf8');
    const after = withoutApp(before, label);
    if (after === before && list === LISTS[0]) {
      throw new Error(`${list} has no line of ${label} as the command would have written it.`);
    }
    edited.set(list, after);
  }
  const gone = new Set(files);
  if (existsSync(join(root, MAP))) {
    edited.set(MAP, withoutRows(readFileSync(join(root, MAP), 'utf8'), gone));
  }
  if (existsSync(join(root, KNIP))) {
    const knip = JSON.parse(readFileSync(join(root, KNIP), 'utf8')) as { entry: string[] };
    const entry = [...knip.entry.filter((file) => !gone.has(file)), ...removal.offered];
    edited.set(KNIP, `${JSON.stringify({ ...knip, entry: [...new Set(entry)] }, null, 2)}\n`);
  }
  if (removal.tests.length > 0) edited.set(GONE, withTests(root, label, removal.tests));
  for (const file of files) {
    rmSync(join(root, file), { force: true });
    removeEmpty(root, dirname(file));
  }
  for (const [name, text] of edited) writeFileSync(join(root, name), text);
}

/** A list of apps without the imports of one, and without the names that these imported. */
function withoutApp(text: string, label: string): string {
  const line = new RegExp(
    `^import \\{ (\\w+) \\} from '(?:@/lib/(?:contrib|extras|site)|\\.)/${label}/[^']+';\\n`,
    'gm',
  );
  const names = [...text.matchAll(line)].map(([, name = '']) => name);
  return names.reduce(
    (rest, name) => rest.replace(new RegExp(`^ {2}${name},\\n`, 'm'), ''),
    text.replace(line, ''),
  );
}

/** Which tests of the rest went with which app. */
function withTests(root: string, label: string, tests: readonly string[]): string {
  const path = join(root, GONE);
  const noted = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {};
  return `${JSON.stringify({ ...noted, [label]: tests }, null, 2)}\n`;
}

function withoutRows(text: string, gone: ReadonlySet<string>): string {
  const isGone = (line: string) => gone.has(/^\| (?:.+? \| )?`([^`]+)` \| /.exec(line)?.[1] ?? '');
  return text
    .split('\n')
    .filter((line) => !isGone(line))
    .join('\n');
}

function removeEmpty(root: string, folder: string): void {
  const path = join(root, folder);
  if (folder === '.' || !existsSync(path) || readdirSync(path).length > 0) return;
  rmdirSync(path);
  removeEmpty(root, dirname(folder));
}
