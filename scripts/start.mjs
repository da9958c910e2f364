// `npm start`: the production server as several processes on one port. Plain Node: this process reads
// no setting but PORT and HOST. The first of them does, runs the system checks, and says how many
// there shall be.
import cluster from 'node:cluster';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { inProduction } from './dot-env.mjs';
import { fail, loadEnvironment, portOf, root } from './ensure.mjs';
import { isFree } from './loopback.mjs';
import { ROOM_FOR_COOKIES } from './serve/room-for-cookies.mjs';
import { schedulingPolicy } from './serve/scheduling.mjs';

const ALIVE_MS = 10_000;
const FIRST_PAUSE_MS = 1000;
const LAST_PAUSE_MS = 30_000;
const SAME_SIGNAL_MS = 1000;

// Told of a smaller heap than the machine would allow, V8 tidies up sooner: a process stays near 300 MiB
// instead of 500, and is as fast. Whoever needs more says so in NODE_OPTIONS.
const HEAP = /--max[-_]old[-_]space[-_]size/.test(process.env.NODE_OPTIONS ?? '')
  ? []
  : ['--max-old-space-size=1024'];

loadEnvironment();
Object.assign(process.env, inProduction(process.env));
const { HOST } = process.env;
const given = process.argv.slice(2);
const chosen = given.findIndex((each) => ['--port', '-p'].includes(each));
const port = chosen < 0 ? portOf() : Number(given[chosen + 1]);
if (!(await isFree(port, [HOST]))) {
  fail(`Port ${port} is in use; stop what listens there, or choose another: PORT=3001 npm start`);
}

// In an image there is what Next.js has traced, with a server of its own: scripts/standalone.mjs.
const traced = path.join(root, 'server.js');
const isTraced = existsSync(traced);
if (isTraced) Object.assign(process.env, { PORT: String(port), HOSTNAME: HOST || '0.0.0.0' });

const primary = {
  exec: isTraced ? traced : path.join(root, 'node_modules/next/dist/bin/next'),
  args: [
    'start',
    ...['--port', String(portOf())],
    // Without it every address of the machine: a proxy or a container's network comes from outside.
    ...(HOST ? ['--hostname', HOST] : []),
    ...given,
  ],
  execArgv: [...process.execArgv, ...HEAP, ROOM_FOR_COOKIES],
  cwd: root,
};

let isStarted = false;
let stoppedAt = Number.NEGATIVE_INFINITY;
let pause = 0;

// Each further process writes through this one.
process.stdout.setMaxListeners(0);
process.stderr.setMaxListeners(0);
cluster.schedulingPolicy = schedulingPolicy(process.env);
cluster.setupPrimary(primary);
watch(cluster.fork());

process.on('SIGTERM', () => stop('SIGTERM'));
process.on('SIGINT', () => stop('SIGINT'));
process.on('SIGHUP', () => stop('SIGINT'));
// npm sends its signals to a shell that may die alone: a server without its parent would stay for ever.
if (process.env.npm_lifecycle_event) {
  const parent = process.ppid;
  setInterval(() => process.ppid === parent || isStopping() || stop('SIGTERM'), 500).unref();
}

function watch(worker) {
  const startedAt = performance.now();
  worker.on('message', ({ gatehouse, gatehouseAsk: ask, gatehouseReply: reply }) => {
    if (gatehouse) onReady(gatehouse.processes);
    if (ask) passOn(worker, ask);
    if (reply) cluster.workers[reply.asker]?.send({ gatehouseReply: reply });
  });
  worker.on('exit', (code, signal) => onExit(code, signal, performance.now() - startedAt));
  worker.on('error', (error) => onError(worker, error));
}

// A process asks the others: lib/extras/metrics/siblings.ts.
function passOn(asker, ask) {
  const others = Object.values(cluster.workers).filter(
    (each) => each !== asker && each.isConnected(),
  );
  const of = others.length;
  for (const other of others) other.send({ gatehouseAsked: { ...ask, asker: asker.id, of } });
  if (of === 0) asker.send({ gatehouseReply: { ...ask, of } });
}

function onReady(processes) {
  if (isStarted || isStopping()) return;
  isStarted = true;
  // What Next.js prints when it starts is told once: of the others it goes nowhere until they serve.
  cluster.setupPrimary({ ...primary, silent: true });
  for (let i = 1; i < processes; i += 1) startAnother('');
  if (processes > 1) console.log(`The server runs as ${processes} processes.`);
}

function startAnother(whenReady) {
  if (isStopping()) return;
  const worker = cluster.fork();
  worker.process.stderr?.pipe(process.stderr);
  worker.process.stdout?.resume();
  const pipeOnceReady = ({ gatehouse }) => {
    if (!gatehouse) return;
    worker.off('message', pipeOnceReady);
    worker.process.stdout.pipe(process.stdout);
    if (whenReady) console.log(whenReady);
  };
  worker.on('message', pipeOnceReady);
  watch(worker);
}

// Unheard, an error would end this process, and the server with it.
function onError(worker, { message }) {
  const isRunning = worker.process.pid !== undefined;
  const failed = isRunning ? 'spoken to' : 'started';
  console.error(`A process of the server cannot be ${failed}: ${message}`);
  if (isRunning) return;
  delete cluster.workers[worker.id];
  onExit(1, null, 0);
}

function onExit(code, signal, lived) {
  if (isStopping()) {
    if (Object.keys(cluster.workers).length === 0) process.exit(0);
    return;
  }
  // The first one has said what is wrong.
  if (!isStarted) process.exit(code || 1);
  pause = lived < ALIVE_MS ? Math.min(Math.max(pause * 2, FIRST_PAUSE_MS), LAST_PAUSE_MS) : 0;
  const when = pause > 0 ? `in ${pause / 1000} s` : 'now';
  console.error(`A process of the server ended (${signal ?? code}); another one starts ${when}.`);
  setTimeout(startAnother, pause, 'The other process serves.');
}

/** SIGTERM: patiently, as lib/http/server/shutdown.ts does it; SIGINT: at once; another signal: by force. */
function stop(signal) {
  // A terminal and a parent may both pass on the one Ctrl-C.
  if (performance.now() - stoppedAt < SAME_SIGNAL_MS) return;
  const workers = Object.values(cluster.workers);
  for (const worker of workers) worker.process.kill(isStopping() ? 'SIGKILL' : signal);
  stoppedAt = performance.now();
  if (workers.length === 0) process.exit(0);
}

function isStopping() {
  return stoppedAt > Number.NEGATIVE_INFINITY;
}
