// The steps of `npm test`, in turn or beside each other, and what they came to.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { root } from './ensure.mjs';

const total = { passed: 0, failed: 0, skipped: 0 };
const lines = [];
const failures = [];

/**
 * Run one step and note its time; true if it succeeded. `body` is given a function that runs a script of
 * this folder to its end, and hands back whether all is well, or that as `isFine` with counts of tests. A
 * step that fails without counting its failures counts as one. What a step `beside` others says appears in
 * one piece, when it is over, or from when the promise is fulfilled that `beside` is.
 */
export async function step(name, body, beside = false) {
  const output = outputOf(`\n== ${name}\n`, beside);
  const started = performance.now();
  const result = await body((...program) => run(output, ...program));
  const { isFine, ...counts } = typeof result === 'boolean' ? { isFine: result } : result;
  output?.release();
  for (const [kind, count] of Object.entries(counts)) total[kind] += count;
  if (!isFine && !counts.failed) total.failed += 1;
  note(name, started, isFine ? 'ok' : 'FAILED');
  return isFine;
}

/** A line at the end about something that was not run. */
export function noteSkipped(name, why) {
  lines.push(`${name.padEnd(23)}SKIPPED: ${why}`);
}

/** Name a test at the end that failed, and why: what it printed is thousands of lines above. */
export function noteFailed(name, message = '') {
  failures.push(`failed: ${name}\n  ${stripVTControlCharacters(message).split('\n')[0]}`.trimEnd());
}

/** Print the lines and the counts; the number of failures. */
export function sumUp() {
  note('in all', 0, '');
  for (const part of [lines, failures]) {
    if (part.length > 0) console.log(`\n${part.join('\n')}`);
  }
  console.log();
  const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
  console.log(`${total.passed} passed, ${total.failed} failed${skipped}`);
  return total.failed;
}

function note(name, started, outcome) {
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  lines.push(`${name.padEnd(22)}${seconds.padStart(7)} s  ${outcome}`.trimEnd());
}

/** Null for a step that says everything at once. */
function outputOf(heading, beside) {
  if (!beside) {
    process.stdout.write(heading);
    return null;
  }
  const kept = [Buffer.from(heading)];
  let isReleased = false;
  const release = () => {
    isReleased = true;
    process.stdout.write(Buffer.concat(kept.splice(0)));
  };
  if (beside !== true) beside.then(release);
  return {
    write: (chunk) => (isReleased ? process.stdout.write(chunk) : kept.push(chunk)),
    release,
  };
}

function run(output, program, args, options = {}) {
  const stdio = output ? ['ignore', 'pipe', 'pipe'] : 'inherit';
  const file = path.join(root, program);
  const child = spawn(process.execPath, [file, ...args], { cwd: root, stdio, ...options });
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', output?.write);
  return new Promise((resolve) => {
    child.once('error', () => resolve(false)).once('close', (status) => resolve(status === 0));
  });
}
