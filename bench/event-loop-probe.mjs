// Loaded into the server before anything else: answers, on a port of its own, how late the event
// loop was since it was last asked, the CPU time of all threads and the SQL statements so far, and
// the memory that the process holds.
import { subscribe } from 'node:diagnostics_channel';
import { createServer } from 'node:http';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { isMainThread } from 'node:worker_threads';

const RESOLUTION = 1;

// The process that looks after the server answers no pages.
const isServer = !process.argv[1]?.endsWith('start.mjs');

if (isMainThread && isServer) {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION });
  delay.enable();
  let statements = 0;
  subscribe('gatehouse:db:statement', () => (statements += 1));
  const late = (nanoseconds) => Math.max(0, nanoseconds / 1e6 - RESOLUTION);
  createServer((_request, response) => {
    const [p50, p99, max] = [delay.percentile(50), delay.percentile(99), delay.max].map(late);
    delay.reset();
    const { user, system } = process.cpuUsage();
    const memory = process.memoryUsage.rss();
    response.end(
      JSON.stringify({ p50, p99, max, cpu: (user + system) / 1000, memory, statements }),
    );
  })
    .listen(Number(process.env.BENCH_PROBE_PORT), '127.0.0.1')
    .unref();
}
