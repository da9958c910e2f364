// `npm run bench`: every bench, or those named after it. Each needs the production build, makes it
// if it is missing, and prints what it measured. `--peer NAME=URL`, as often as wanted, measures the
// pages of other sites beside ours.
import { spawnSync } from 'node:child_process';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { measureAdminLists } from './admin-lists';
import { measureLighthouse } from './lighthouse';
import { measureMemory } from './memory';
import { measureMiddleware } from './middleware';
import { measurePages } from './pages';
import { measureProcesses } from './processes';
import { measureRefusals } from './refusals';
import { measureSignIns } from './sign-ins';
import { measureWatch } from './watch';

const { values, positionals } = parseArgs({
  options: { peer: { type: 'string', multiple: true, default: [] } },
  allowPositionals: true,
});

const benches: Record<string, () => Promise<void>> = {
  admin: measureAdminLists,
  memory: measureMemory,
  lighthouse: measureLighthouse,
  middleware: measureMiddleware,
  pages: () => measurePages(values.peer),
  processes: measureProcesses,
  refusals: measureRefusals,
  'sign-ins': measureSignIns,
  watch: measureWatch,
};

const wanted = positionals.length > 0 ? positionals : Object.keys(benches);

const { status } = spawnSync(process.execPath, ['scripts/ensure.mjs'], { stdio: 'inherit' });
if (status !== 0) process.exit(1);

const load = loadavg().map((value) => value.toFixed(2));
console.info(`Node ${process.version}, ${availableParallelism()} cores of ${cpus()[0]?.model}`);
console.info(`Load average ${load.join(' ')}: the figures count only on a machine at rest.`);

for (const name of wanted) {
  const bench = benches[name];
  if (!bench) {
    console.error(`Unknown bench ${name}; known are ${Object.keys(benches).join(', ')}.`);
    process.exit(2);
  }
  console.info(`\n== ${name}`);
  await bench();
}
