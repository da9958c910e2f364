import type { Mutation } from './mutation';

const EDGE = { project: 'unit', tests: ['tests/unit/http/edge.test.ts'] } as const;
const READS = {
  project: 'integration-sqlite',
  tests: ['tests/integration/db/read-rows.test.ts'],
} as const;

/** What every page goes by, and was made short. */
export const HOT_PATHS: Mutation[] = [
  {
    what: 'what a layer took out of a request stays on it',
    file: 'lib/http/edge.ts',
    from: '    if (!headers.has(name)) return false;\n',
    to: '',
    ...EDGE,
  },
  {
    what: 'what a layer put on a request does not arrive',
    file: 'lib/http/edge.ts',
    from: 'if (!COPIED.includes(name) && came.get(name) !== value) return false;',
    to: '',
    ...EDGE,
  },
  {
    what: 'a policy is left to a server that does not copy it',
    file: 'lib/http/edge.ts',
    from: '  if (!headers.has(RELAY_HEADER)) return false;\n',
    to: '',
    ...EDGE,
  },
  {
    what: 'the connection that reads can write',
    file: 'lib/db/sqlite/sqlite.ts',
    from: 'PRAGMA query_only = ON;',
    to: '',
    ...READS,
  },
  {
    what: 'a statement of a transaction is asked outside it',
    file: 'lib/db/client.ts',
    from: 'client === db ? queryOf',
    to: 'client ? queryOf',
    ...READS,
  },
];
