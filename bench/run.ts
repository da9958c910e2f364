// `npm run bench`: every bench, or those named after it. Each needs the production build, makes it
// if it is missing, and prints what it measured. `--peer NAME=URL`, as often as wanted, measures the
// pages of other sites beside ours.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { availableParallelism, cpus, loadavg } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

/** The file of each bench, which exports what measures. */
const FILES: Readonly<Record<string, string>> = {
  admin: 'admin-lists',
  before: 'beside/before',
  memory: 'memory',
  lighthouse: 'lighthouse',
  middleware: 'middleware',
  pages: 'pages',
  peers: 'beside/peers',
  processes: 'processes',
  refusals: 'refusals',
  shop: 'shop-lists',
  soak: 'soak/soak',
  'sign-ins': 'sign-ins',
  tokens: 'tokens',
  watch: 'watch',
};

type Bench = (peers: string[]) => Promise<void>;

const { values, positionals } = parseArgs({
  options: { peer: { type: 'string', multiple: true, default: [] } },
  allowPositionals: true,
});

// That of an app that was deleted is gone with it.
const names = Object.keys(FILES).filter((name) => existsSync(fileOf(name)));
// An hour long: only when it is asked for.
const wanted = positionals.length > 0 ? positionals : names.filter((name) => name !== 'soak');

const { status } = spawnSync(process.execPath, ['scripts/ensure.mjs'], { stdio: 'inherit' });
if (status !== 0) process.exit(1);

const load = loadavg().map((value) => value.toFixed(2));
console.info(`Node ${process.version}, ${availableParallelism()} cores of ${cpus()[0]?.model}`);
console.info(`Load average ${load.join(' ')}: the figures count only on a machine at rest.`);

for (const name of wanted) {
  if (!names.includes(name)) {
    console.error(`Unknown bench ${name}; known are ${names.join(', ')}.`);
    process.exit(2);
  }
  console.info(`\n== ${name}`);
  const module: Record<string, Bench> = await import(pathToFileURL(fileOf(name)).href);
  for (const measure of Object.values(module)) await measure(values.peer);
}

function fileOf(name: string): string {
  return path.join(import.meta.dirname, `${FILES[name]}.ts`);
}
