import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { referencePages } from '@/scripts/docs/reference';
import { copyOfTree } from '@/tests/support/copy-of-tree';
import { applyStep, stepsOf } from '@/tests/support/follow-doc';
import { readSource } from '@/tests/support/sources';

const steps = stepsOf(readSource('docs/grow.md'));

/** What a team edits, and nothing of it is the framework's. */
const OWN = [
  /^lib\/site\//,
  /^app\/\(invoices\)\//,
  /^components\/invoices\//,
  /^prisma\/schema\/invoices\.prisma$/,
  /^prisma\/migrations\/(sqlite|postgresql)\/\d{14}_invoices_\w+\/migration\.sql$/,
  /^prisma\/migrations\/schema\/invoices\.prisma$/,
  /^tests\/integration\/site\/invoices\//,
];

/** The tests of the framework that look at the whole tree. */
const ABOUT_THE_TREE = [
  ...['tools/arrows', 'tools/layering', 'http/entry-points'],
  ...['apps/checks', 'apps/define-app', 'apps/settings', 'conf/project-settings'],
].map((name) => `tests/unit/${name}.test.ts`);

/** What is made anew at each run, and is in no commit. */
const MADE = /^(node_modules|\.next|lib\/generated|var)(\/|$)|^next-env\.d\.ts$|\.tsbuildinfo$/;

let folder: string;
let before: ReadonlyMap<string, string>;
let reference: ReadonlyMap<string, string>;

beforeAll(() => {
  folder = copyOfTree();
  mkdirSync(path.join(folder, 'var'), { recursive: true });
  before = contents();
  reference = referencePages(folder);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function contents(): Map<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .filter((file) => !MADE.test(file));
  const hash = (file: string) =>
    createHash('sha256')
      .update(readFileSync(path.join(folder, file)))
      .digest('hex');
  return new Map(files.map((file) => [file, hash(file)]));
}

/** Run a line in the copy as a person would, with a database of its own; throws with what it said. */
function run(line: string): string {
  const env = { ...process.env };
  const notOurs = ['VITEST', 'NODE_ENV', 'TEST_DATABASE', 'FORCE_COLOR'];
  for (const name of notOurs) Reflect.deleteProperty(env, name);
  const own = {
    DATABASE_URL: 'file:./var/grow.sqlite3',
    SECRET_KEY: 'x'.repeat(40),
    NO_COLOR: '1',
  };
  const { status, stdout, stderr } = spawnSync(line, {
    cwd: folder,
    shell: true,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    env: { ...env, ...own, NEXT_TELEMETRY_DISABLED: '1' },
  });
  if (status !== 0) throw new Error(`${line} failed:\n${stdout}${stderr}`);
  return stdout;
}

describe('docs/grow.md', () => {
  it('has something of each kind to do', () => {
    for (const kind of ['run', 'write', 'change']) {
      expect(steps.filter((step) => step.kind === kind).length).toBeGreaterThan(3);
    }
  });

  it('leads to an app of which every check and test passes, when it is followed to the letter', () => {
    const said = steps.map((step) => {
      if (step.kind === 'run') return run(step.line);
      applyStep(folder, step);
      return '';
    });
    expect(said.join('\n')).toMatch(/Tests\s+\d+ passed/);
    expect(said.join('\n')).toMatch(/\b0 failed/);
  });

  it('changes nothing but what a team owns', () => {
    const after = contents();
    const names = new Set([...before.keys(), ...after.keys()]);
    const changed = [...names].filter((name) => before.get(name) !== after.get(name));
    expect(changed.length).toBeGreaterThan(20);
    expect(changed.filter((name) => !OWN.some((place) => place.test(name)))).toEqual([]);
  });

  it('leaves the tests of the tree green, and the reference as it was', () => {
    expect(run(`npx vitest run --project unit ${ABOUT_THE_TREE.join(' ')}`)).toMatch(/passed/);
    expect(referencePages(folder)).toEqual(reference);
  });
});
