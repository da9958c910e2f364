import type { Mutation } from './mutation';

const home = {
  project: 'integration-sqlite' as const,
  tests: ['tests/integration/contrib/admin/home/home.test.ts'],
};
const palette = {
  project: 'integration-sqlite' as const,
  tests: ['tests/integration/extras/palette/palette.test.ts'],
};

/** What the admin's home and the palette tell nobody who may not view it. */
export const OF_HOME: readonly Mutation[] = [
  {
    what: 'the home tells of models that the person may not view',
    file: 'lib/contrib/admin/home/home.ts',
    from: 'if (!admin || !(await mayViewEach(user, admin))) return false;',
    to: 'if (!admin) return false;',
    ...home,
  },
  {
    what: 'the home asks for one of the models of a part only',
    file: 'lib/contrib/admin/home/home.ts',
    from: 'for (const model of models) {',
    to: 'for (const model of models.slice(0, 1)) {',
    ...home,
  },
  {
    what: 'the home tells what was done to rows that the person may not view',
    file: 'lib/contrib/admin/home/admin-activity.ts',
    from: 'if (admin && (await mayViewEach(user, admin)))',
    to: 'if (admin)',
    ...home,
  },
  {
    what: 'the home names to everybody who did something',
    file: 'lib/contrib/admin/home/admin-activity.ts',
    from: 'const mayName = people !== null && (await mayViewEach(user, people));',
    to: 'const mayName = people !== null;',
    ...home,
  },
  {
    what: 'the palette shows where somebody went who may not go there any more',
    file: 'lib/extras/palette/palette.ts',
    from: 'const isOfRows = admin !== undefined && (await mayViewEach(viewer, admin));',
    to: 'const isOfRows = true;',
    ...palette,
  },
  {
    what: 'the palette offers sessions to who may not view them',
    file: 'lib/contrib/auth/admin/palette-entries.ts',
    from: 'if (!(await hasViewPermission(viewer, sessionAdmin))) return [];',
    to: '',
    ...palette,
  },
];
