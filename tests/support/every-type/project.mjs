import { join } from 'node:path';

const root = join(import.meta.dirname, '../../..');

/** Where the site of this fixture is made: its schema, its migrations and what is generated of them. */
export const MADE = join(root, 'var/every-type');

/** What makes of tests those of a site with models of every type. */
export const withEveryType = {
  resolve: {
    alias: [
      { find: /^@\/lib\/generated\//, replacement: `${MADE}/generated/` },
      { find: /^@\/lib\/site\/apps$/, replacement: join(root, 'tests/support/every-type/apps.ts') },
      { find: '@', replacement: root },
    ],
  },
};
