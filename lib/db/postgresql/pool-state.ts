/** As much of a pool of connections as is told of it. */
type Pool = {
  readonly totalCount: number;
  readonly idleCount: number;
  readonly waitingCount: number;
};

const KEY = Symbol.for('gatehouse.db.pool');

// The bundler makes several copies of this module; the pool is that of the process.
const shared: typeof globalThis & { [KEY]?: WeakRef<Pool> } = globalThis;

/** Remember the pool that this process asks, whose state `poolState` tells. */
export function rememberPool(pool: unknown): void {
  if (isPool(pool)) shared[KEY] = new WeakRef(pool);
}

/** How many connections are open and idle, and how many queries wait for one. SQLite has none of them. */
export function poolState(): { total: number; idle: number; waiting: number } {
  const pool = shared[KEY]?.deref();
  if (!pool) return { total: 0, idle: 0, waiting: 0 };
  return { total: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount };
}

function isPool(value: unknown): value is Pool {
  return typeof value === 'object' && value !== null && 'totalCount' in value;
}
