// `npm run test:mutations`: break one protection after the other in a copy of the tree, and demand
// that a test below the browser notices. A word as argument tries only what has it in its name.
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Mutation } from '@/tests/mutations/mutation';
import { MUTATIONS } from '@/tests/mutations/mutations';

type Place = Pick<Mutation, 'project' | 'tests'>;
type Outcome = { passed: number; failed: number };

const root = path.resolve(import.meta.dirname, '..');
const LEFT_OUT = ['node_modules', '.git', '.next', 'test-results', 'playwright-report'];

const word = process.argv[2] ?? '';
const chosen = MUTATIONS.filter(({ what, file }) => `${what} ${file}`.includes(word));
const copy = copyTree();
try {
  process.exitCode = tryAll(copy) ? 0 : 1;
} finally {
  rmSync(copy, { recursive: true, force: true });
}

function tryAll(tree: string): boolean {
  const sound = soundPlaces(tree);
  const survivors = chosen.filter((mutation) => {
    const isNoticed = sound.has(keyOf(mutation)) && isKilled(tree, mutation);
    console.log(`${isNoticed ? 'noticed ' : 'SURVIVED'}  ${mutation.what}  (${mutation.file})`);
    return !isNoticed;
  });
  console.log(`\n${chosen.length - survivors.length} noticed, ${survivors.length} survived`);
  return chosen.length > 0 && survivors.length === 0;
}

/** The places whose tests pass as the code is: only their failing says anything. */
function soundPlaces(tree: string): Set<string> {
  const places = new Map(chosen.map((mutation) => [keyOf(mutation), mutation]));
  const sound = [...places].filter(([key, place]) => {
    const { passed, failed } = run(tree, place);
    const isSound = passed > 0 && failed === 0;
    if (!isSound) console.log(`${key}: ${passed} passed and ${failed} failed without a mutation`);
    return isSound;
  });
  return new Set(sound.map(([key]) => key));
}

function isKilled(tree: string, mutation: Mutation): boolean {
  const file = path.join(tree, mutation.file);
  const source = readFileSync(file, 'utf8');
  if (source.split(mutation.from).length !== 2) return false;
  writeFileSync(
    file,
    source.replace(mutation.from, () => mutation.to),
  );
  try {
    // What does not even load has tested nothing.
    return run(tree, mutation, '--bail=1').failed > 0;
  } finally {
    writeFileSync(file, source);
  }
}

function run(tree: string, { project, tests }: Place, ...further: string[]): Outcome {
  const report = path.join(tree, 'mutations.json');
  rmSync(report, { force: true });
  const vitest = path.join(tree, 'node_modules/vitest/vitest.mjs');
  const args = [
    'run',
    '--project',
    project,
    '--reporter=json',
    `--outputFile=${report}`,
    ...further,
    ...tests,
  ];
  spawnSync(process.execPath, [vitest, ...args], { cwd: tree, stdio: 'ignore' });
  try {
    const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, 'utf8'));
    return { passed: Number(numPassedTests), failed: Number(numFailedTests) };
  } catch {
    return { passed: 0, failed: 0 };
  }
}

function keyOf({ project, tests }: Place): string {
  return `${project} ${tests.join(' ')}`;
}

function copyTree(): string {
  const tree = realpathSync(mkdtempSync(path.join(tmpdir(), 'gatehouse-mutations-')));
  const isWanted = (file: string) => !LEFT_OUT.includes(path.relative(root, file));
  cpSync(root, tree, { recursive: true, filter: isWanted });
  symlinkSync(realpathSync(path.join(root, 'node_modules')), path.join(tree, 'node_modules'));
  return tree;
}
