// Loaded into a server before anything else: as many passwords wait for a thread as may.
const pool = {
  idle: [],
  busy: new Map(Array.from({ length: 1000 }, (_, index) => [index, {}])),
  queue: Array.from({ length: 1000 }),
  lastDuration: 300,
};

globalThis[Symbol.for('gatehouse.auth.bcrypt-workers')] = pool;
