import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { APPS } from '@/lib/apps/declared';
import {
  type Command,
  CommandError,
  type CommandIo,
  parseCommandArgs,
} from '@/lib/core/management/base';
import { resolveImport } from '@/lib/core/management/removeapp/arrows';
import { offeredTo, type TakenFrom } from '@/lib/core/management/removeapp/offered';
import { packagesOnlyOf } from '@/lib/core/management/removeapp/packages';
import { planRemoval, type Removal } from '@/lib/core/management/removeapp/plan';
import { pruneConfig } from '@/lib/core/management/removeapp/prune-config';
import { takeOut } from '@/lib/core/management/removeapp/take-out';
import type { AppDeclaration } from '@/lib/core/management/removeapp/words';
import { appOfMigration } from '@/lib/db/migrations/migration-files';

/** What is made from the code, to be made anew, and the files whose form depends on their length. */
const MADE = ['scripts/generate.ts', 'scripts/write-layers.ts', 'scripts/write-docs.ts'];
const SHORTER = ['lib/site/apps.ts', 'lib/site/app-configs.ts'];

/**
 * Take an app out of the tree for good: its folders, models, migrations, tests and documents, and its
 * line in each of the two lists. Its tables stay in every database. Refuses for an app that another
 * requires or that the rest imports by name, and, unless with --force, where git would not bring back
 * what was there.
 * Django: no counterpart; its startapp has none for the way back
 */
export const command: Command = {
  name: 'removeapp',
  usage: 'APP [--dry-run] [--force]',
  help: 'Deletes an app from the tree; its tables stay. --dry-run lists what would go.',
  async run(args, io) {
    const { values, positionals } = parseCommandArgs({
      args,
      options: { 'dry-run': { type: 'boolean' }, force: { type: 'boolean' } },
      allowPositionals: true,
    });
    const [label, ...more] = positionals;
    if (label === undefined || more.length > 0) throw new CommandError('Name one app.', 2);
    const root = process.cwd();
    const declaration = removable(label);
    const files = listed(root);
    const removal = planRemoval({ root, files, declaration, appOfMigration });
    const pruned = await prunedConfigs(root, removal);
    refuseHolders(label, [...removal.holders, ...pruned.holders]);
    const gone = new Set([...removal.own, ...removal.unused, ...removal.tests]);
    const offered = [
      ...removal.offered,
      ...offeredTo(
        files.filter((file) => !gone.has(file)),
        pruned.dropped,
      ),
    ];
    const packages = packagesOnlyOf(root, files, gone);
    if (values['dry-run']) return list(io, removal, packages);
    if (!values.force) refuseUnsaved(root);
    takeOut(root, label, { ...removal, offered }, pruned.texts);
    report(io, label, removal);
    uninstall(io, root, packages);
    const biome = 'node_modules/@biomejs/biome/bin/biome';
    const commands = MADE.map((script) => ['--import', 'tsx', script]);
    if (existsSync(join(root, biome))) {
      commands.unshift([
        biome,
        'format',
        '--write',
        ...SHORTER,
        ...removal.configs,
        'knip.json',
        'tests/gone.json',
      ]);
    }
    const failures = commands.flatMap((each) => runScript(root, each) ?? []);
    if (failures.length > 0) throw new CommandError(failures.join('\n'));
    return 0;
  },
};

function removable(label: string): AppDeclaration {
  const app = APPS.find((each) => each.label === label);
  if (!app) {
    const labels = APPS.map((each) => each.label).join(', ');
    throw new CommandError(`There is no app ${label}; there are ${labels}.`);
  }
  if (isEssential(label)) {
    throw new CommandError(`${label} is one of Django's own apps, which the rest stands on.`);
  }
  const needed = APPS.filter(({ requires = [] }) => requires.includes(label));
  if (needed.length > 0) {
    const names = needed.map((each) => each.label).join(', ');
    throw new CommandError(`${label} stays: it is required by ${names}. Remove these first.`);
  }
  return app;
}

// Users, and what they stand on: nobody would be anybody without.
function isEssential(label: string, root = 'auth'): boolean {
  const { requires = [] } = APPS.find((each) => each.label === root) ?? {};
  return label === root || requires.some((needed) => isEssential(label, needed));
}

async function prunedConfigs(root: string, { own, unused, configs, parts }: Removal) {
  const texts = new Map<string, string>();
  const dropped: TakenFrom[] = [];
  const holders: string[] = [];
  const gone = new Set([...own, ...unused]);
  for (const file of configs) {
    const source = readFileSync(join(root, file), 'utf8');
    const isGone = (specifier: string) => resolveImport(file, specifier, gone) !== null;
    const pruned = await pruneConfig(file, source, isGone, parts);
    if (!pruned) holders.push(file);
    else {
      texts.set(file, pruned.text);
      dropped.push(...pruned.dropped.map((taken) => ({ ...taken, by: file })));
    }
  }
  return { texts, dropped, holders };
}

function listed(root: string): string[] {
  const names = git(root, 'ls-files', '-co', '--exclude-standard', '-z').split('\0');
  return names.filter((name) => name !== '' && existsSync(join(root, name)));
}

function refuseHolders(label: string, holders: readonly string[]): void {
  if (holders.length === 0) return;
  throw new CommandError(`${label} stays: it is imported by ${holders.join(', ')}.`);
}

function refuseUnsaved(root: string): void {
  if (git(root, 'status', '--porcelain') === '') return;
  throw new CommandError(
    'There are changes that git does not keep yet: commit them, so that git can bring back what is deleted, or give --force.',
  );
}

function list(
  io: CommandIo,
  { own, unused, tests, configs }: Removal,
  packages: readonly string[],
): number {
  for (const file of own) io.out(`delete ${file}`);
  for (const file of unused) io.out(`delete ${file} (nothing else uses it)`);
  for (const file of tests) io.out(`delete ${file} (a test written with the app)`);
  for (const file of [...SHORTER, ...configs]) io.out(`edit ${file}`);
  for (const name of packages) io.out(`uninstall ${name}`);
  return 0;
}

function report(io: CommandIo, label: string, { own, unused, tests }: Removal): void {
  io.out(`Deleted ${own.length} files of ${label} and ${unused.length} that only it used.`);
  if (tests.length > 0) {
    io.out(`${tests.length} tests of the rest were written with it and went too:`);
    for (const file of tests) io.out(`  ${file}`);
  }
  io.out('Its tables stay in the database, with its content types and permissions.');
  io.out('Next: npm run check, then commit.');
}

// What npm cannot do is left to whoever called: the tree is whole without it.
function uninstall(io: CommandIo, root: string, packages: readonly string[]): void {
  if (packages.length === 0) return;
  const args = ['uninstall', '--ignore-scripts', '--no-audit', '--no-fund', ...packages];
  const isWindows = process.platform === 'win32';
  const { status } = spawnSync('npm', args, { cwd: root, stdio: 'ignore', shell: isWindows });
  const names = packages.join(' ');
  io.out(status === 0 ? `Uninstalled ${names}.` : `Now run: npm uninstall ${names}`);
}

function git(root: string, ...args: string[]): string {
  const { status, stdout, error } = spawnSync('git', args, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status !== 0) {
    throw new CommandError(`git ${args[0]} failed: ${error?.message ?? 'is this a git tree?'}`);
  }
  return stdout;
}

/** Run what makes files of the code; gives what went wrong, if anything. */
function runScript(root: string, args: string[]): string | null {
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  return status === 0 ? null : `Deleted, but ${args.join(' ')} failed:\n${stderr}`;
}
