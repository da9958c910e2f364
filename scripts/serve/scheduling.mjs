import cluster from 'node:cluster';

/**
 * How connections come to the processes of `npm start`. In turns, they go through the one that looks
 * after the others, and one that a process was given and had not yet taken when it was killed is
 * answered by nobody, ever. A process that is alone takes its own, so there it cannot happen.
 */
export function schedulingPolicy({ WEB_CONCURRENCY: processes = '', DATABASE_URL: url = '' }) {
  const isAlone =
    processes.trim() === '' ? url.trim().startsWith('file:') : Number(processes) === 1;
  return isAlone ? cluster.SCHED_NONE : cluster.SCHED_RR;
}
