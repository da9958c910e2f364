// `npm test`: everything that can be checked, on a machine that has only Node and npm.
// --check: only what needs no test run; --long: the generated tests in full.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  checkNodeVersion,
  ensureBuilt,
  ensureGenerated,
  ensureInstalled,
  runPackage,
} from './ensure.mjs';

const flags = new Set(process.argv.slice(2));
const reports = mkdtempSync(path.join(tmpdir(), 'gatehouse-test-'));
const total = { passed: 0, failed: 0, skipped: 0 };
const lines = [];
const colours = `--colors=${process.stdout.isTTY ? 'force' : 'off'}`;

if (flags.has('--long')) process.env.TEST_LONG = '1';
process.env.NEXT_TELEMETRY_DISABLED = '1';
checkNodeVersion();

const isReady = step('install', ensureInstalled) && step('generate', ensureGenerated);
if (isReady) {
  step('format and lint', () => runPackage('@biomejs/biome/bin/biome', ['ci', colours, '.']));
  step('types', checkTypes);
  step('dead code', () => runPackage('knip/bin/knip.js', ['--no-progress']));
  if (!flags.has('--check')) {
    step('unit and integration', () => runTests('vitest/vitest.mjs', vitestArgs(), vitestCounts));
    if (flags.has('--long'))
      step('mutations', () => runPackage('tsx/dist/cli.mjs', ['scripts/mutations.ts']));
    if (step('build', ensureBuilt)) {
      step('browser', () =>
        runTests('@playwright/test/cli.js', ['test', '--reporter=list,json'], playwrightCounts),
      );
    }
  }
}

rmSync(reports, { recursive: true, force: true });
console.log(`\n${lines.join('\n')}\n`);
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
console.log(`${total.passed} passed, ${total.failed} failed${skipped}`);
process.exit(total.failed > 0 ? 1 : 0);

/** Run one step and note its time. A step that fails without counting its failures counts as one. */
function step(name, body) {
  console.log(`\n== ${name}`);
  const started = performance.now();
  const before = total.failed;
  const isFine = body();
  if (!isFine && total.failed === before) total.failed += 1;
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  lines.push(`${name.padEnd(22)}${seconds.padStart(7)} s  ${isFine ? 'ok' : 'FAILED'}`);
  return isFine;
}

/** Next writes the types of the routes, which TypeScript then reads. */
function checkTypes() {
  return (
    runPackage('next/dist/bin/next', ['typegen'], { stdio: ['ignore', 'ignore', 'inherit'] }) &&
    runPackage('typescript/bin/tsc', ['--noEmit', '--incremental', 'false'])
  );
}

function vitestArgs() {
  return ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report()}`];
}

function runTests(program, args, countsOf) {
  const isFine = runPackage(program, args, {
    env: { ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: report() },
  });
  for (const [kind, count] of Object.entries(readCounts(countsOf))) total[kind] += count;
  return isFine;
}

/** The counts of the report just written; none if the run broke off before writing it. */
function readCounts(countsOf) {
  try {
    return countsOf(JSON.parse(readFileSync(report(), 'utf8')));
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
    return {};
  } finally {
    rmSync(report(), { force: true });
  }
}

function report() {
  return path.join(reports, 'report.json');
}

function vitestCounts(run) {
  if (run.testResults.some(isSkippedOracle)) {
    lines.push('oracle                 SKIPPED: no Python here has Django');
  }
  return {
    passed: run.numPassedTests,
    failed: run.numFailedTests,
    skipped: run.numPendingTests + run.numTodoTests,
  };
}

/** A whole file of comparisons with Django that was skipped must not scroll by unseen. */
function isSkippedOracle({ name, assertionResults }) {
  const isRun = ({ status }) => status === 'passed' || status === 'failed';
  const isOracle = /[\\/]tests[\\/]oracle[\\/]/.test(name) && assertionResults.length > 0;
  return isOracle && !assertionResults.some(isRun);
}

function playwrightCounts({ stats }) {
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped };
}
