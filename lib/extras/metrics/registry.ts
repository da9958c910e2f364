import {
  AggregatorRegistry,
  Counter,
  collectDefaultMetrics,
  Gauge,
  Histogram,
  Registry,
} from 'prom-client';
import { bcryptWorkers } from '@/lib/contrib/auth/hashers/worker-pool';
import { poolState } from '@/lib/db/postgresql/pool-state';
import { currentSessions } from './sessions';
import { askProcesses } from './siblings';

// Seconds.
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

// What the others have set when they were asked is old: `addUp` puts its own first.
const OF_THE_SITE = 'first';

const KEY = Symbol.for('gatehouse.metrics.registry');

// The bundler makes several copies of this module; the figures are those of the process.
const shared: typeof globalThis & { [KEY]?: ReturnType<typeof makeMetrics> } = globalThis;
shared[KEY] ??= makeMetrics();
const metrics = shared[KEY];

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** Statuses by which the site says no, to a person or before any page is asked. */
const REFUSALS = [400, 401, 403, 405, 409, 413, 429, 503];

type OfProcess = Awaited<ReturnType<typeof ownMetrics>>;

/** Count one answer; a method that is none of HTTP's own makes no series of its own. */
export function countRequest(answered: { method: string; status: number; seconds: number }): void {
  const method = METHODS.includes(answered.method) ? answered.method : 'other';
  const status = String(answered.status);
  metrics.requests.inc({ method, status });
  metrics.durations.observe({ method }, answered.seconds);
  if (REFUSALS.includes(answered.status)) metrics.refusals.inc({ status });
}

/** Count that somebody signed in, or could not. */
export function countSignIn(result: 'success' | 'failure'): void {
  metrics.signIns.inc({ result });
}

/**
 * The figures of this process, as data that another can add up. Asked twice in a row it has none of the
 * event loop, which begins anew.
 */
export function ownMetrics() {
  return metrics.registry.getMetricsAsJSON();
}

/** The figures of all processes of this machine's `npm start`, in Prometheus' text format. */
export async function metricsText(): Promise<{ text: string; contentType: string }> {
  const others = await askProcesses<OfProcess>('metrics');
  metrics.sessions.set(await currentSessions());
  metrics.processes.set(others.length + 1);
  const text = await addUp(await ownMetrics(), others).metrics();
  return { text, contentType: metrics.registry.contentType };
}

/** The figures of this process and of others as one; what is told of the site is what this one knows. */
export function addUp(own: OfProcess, others: readonly OfProcess[]) {
  return AggregatorRegistry.aggregate([own, ...others]);
}

function makeMetrics() {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: 'gatehouse_database_connections',
    help: 'Connections to PostgreSQL that are open, those that do nothing, and who waits for one.',
    labelNames: ['state'],
    registers,
    collect() {
      const { total, idle, waiting } = poolState();
      this.set({ state: 'open' }, total);
      this.set({ state: 'idle' }, idle);
      this.set({ state: 'waiting' }, waiting);
    },
  });
  new Gauge({
    name: 'gatehouse_password_jobs',
    help: 'Passwords that are being computed, and that wait for a thread.',
    labelNames: ['state'],
    registers,
    collect() {
      const { busy, waiting } = bcryptWorkers.state();
      this.set({ state: 'busy' }, busy);
      this.set({ state: 'waiting' }, waiting);
    },
  });
  return {
    registry,
    requests: new Counter({
      name: 'gatehouse_http_requests_total',
      help: 'Requests that were answered, by method and status; 499 is a client that went away.',
      labelNames: ['method', 'status'],
      registers,
    }),
    durations: new Histogram({
      name: 'gatehouse_http_request_duration_seconds',
      help: 'From the head of a request to the end of its answer.',
      labelNames: ['method'],
      buckets: BUCKETS,
      registers,
    }),
    refusals: new Counter({
      name: 'gatehouse_refusals_total',
      help: 'Requests that were refused, by status.',
      labelNames: ['status'],
      registers,
    }),
    signIns: new Counter({
      name: 'gatehouse_sign_ins_total',
      help: 'People who were signed in, and tries that found nobody.',
      labelNames: ['result'],
      registers,
    }),
    sessions: new Gauge({
      name: 'gatehouse_sessions',
      help: 'Sessions of signed-in people that have not ended; NaN while the database is away.',
      aggregator: OF_THE_SITE,
      registers,
    }),
    processes: new Gauge({
      name: 'gatehouse_processes',
      help: 'Processes of this machine whose figures these are.',
      aggregator: OF_THE_SITE,
      registers,
    }),
  };
}
