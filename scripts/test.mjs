// `npm test`: everything that can be checked, on a machine that has only Node and npm.
// --check: only what needs no test run; --long: the generated tests in full.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { checkNodeVersion, ensureGenerated, ensureInstalled, root } from './ensure.mjs';
import { noteFailed, noteSkipped, step, sumUp } from './steps.mjs';

const flags = new Set(process.argv.slice(2));
const reports = mkdtempSync(path.join(tmpdir(), 'gatehouse-test-'));
const colours = `--colors=${process.stdout.isTTY ? 'force' : 'off'}`;

if (flags.has('--long')) process.env.TEST_LONG = '1';
process.env.NEXT_TELEMETRY_DISABLED = '1';
checkNodeVersion();

if ((await step('install', ensureInstalled)) && (await step('generate', ensureGenerated))) {
  if (flags.has('--check')) await check();
  else await testAll();
}

rmSync(reports, { recursive: true, force: true });
process.exit(sumUp() > 0 ? 1 : 0);

async function testAll() {
  // Beside each other: none keeps two cores busy alone.
  const below = step('unit and integration', (run) =>
    runTests(run, 'node_modules/vitest/vitest.mjs', vitestArgs, vitestCounts),
  );
  const isBuilt = await checkAndBuild();
  if (flags.has('--long')) {
    await below;
    await step('mutations', (run) =>
      run('node_modules/tsx/dist/cli.mjs', ['scripts/mutations.ts']),
    );
  }
  if (isBuilt) {
    const program = 'node_modules/@playwright/test/cli.js';
    // Beside the others, two are faster than three.
    const args = () => ['test', '--workers=2', '--reporter=list,json'];
    await step('browser', (run) => runTests(run, program, args, playwrightCounts), below);
  }
  await below;
}

async function checkAndBuild() {
  const areTypesFine = await check(true);
  const env = {
    ...process.env,
    // What the step before has checked already.
    ...(areTypesFine && { TYPES_ARE_CHECKED: '1' }),
    // Where one is kept it saves more than it costs.
    ...(!existsSync(path.join(root, '.next/cache/turbopack')) && { BUILD_KEEPS_NO_CACHE: '1' }),
  };
  return step('build', (run) => run('scripts/ensure.mjs', [], { env }), true);
}

/** What needs no test run; whether the types are those that the build would find. */
async function check(beside = false) {
  const lint = ['node_modules/@biomejs/biome/bin/biome', ['ci', colours, '.']];
  await step('format and lint', (run) => run(...lint), beside);
  const areTypesFine = await step('types', checkTypes, beside);
  await step('dead code', (run) => run('node_modules/knip/bin/knip.js', ['--no-progress']), beside);
  return areTypesFine;
}

/** Next writes the types of the routes, which TypeScript then reads. */
async function checkTypes(run) {
  return (
    (await run('node_modules/next/dist/bin/next', ['typegen'])) &&
    (await run('node_modules/typescript/bin/tsc', ['--noEmit', '--incremental', 'false']))
  );
}

function vitestArgs(report) {
  return ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
}

async function runTests(run, program, argsFor, countsOf) {
  const report = path.join(mkdtempSync(path.join(reports, 'of-')), 'report.json');
  const env = { ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: report };
  const isFine = await run(program, argsFor(report), { env });
  return { isFine, ...readCounts(report, countsOf) };
}

/** The counts of the report just written; none if the run broke off before writing it. */
function readCounts(report, countsOf) {
  try {
    return countsOf(JSON.parse(readFileSync(report, 'utf8')));
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
    return {};
  }
}

function vitestCounts(run) {
  if (run.testResults.some(isSkippedOracle)) {
    noteSkipped('oracle', 'no Python here has Django');
  }
  for (const { name, status, message, assertionResults } of run.testResults) {
    const failed = assertionResults.filter((test) => test.status === 'failed');
    const file = path.relative(root, name);
    for (const test of failed) noteFailed(`${file} › ${test.fullName}`, test.failureMessages[0]);
    if (status === 'failed' && failed.length === 0) noteFailed(file, message);
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

function playwrightCounts({ stats, suites }) {
  noteUnexpected(suites);
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped };
}

function noteUnexpected(suites, above = []) {
  for (const { title, specs, suites: inner = [] } of suites) {
    const names = [...above, title];
    for (const spec of specs) {
      for (const { status, projectName, results } of spec.tests) {
        if (status !== 'unexpected' && status !== 'flaky') continue;
        const message = results.find(({ error }) => error)?.error.message;
        noteFailed([...names, `${spec.title} (${projectName})`].join(' › '), message);
      }
    }
    noteUnexpected(inner, names);
  }
}
