import type { Mutation } from './mutation';

type Place = Pick<Mutation, 'project' | 'tests'>;

const integration = (name: string): Place => ({
  project: 'integration-sqlite',
  tests: [`tests/integration/${name}.test.ts`],
});

/** What the pages about people protect. */
export const OF_PEOPLE: readonly Mutation[] = [
  {
    what: 'anybody is let go by who may change users',
    file: 'lib/contrib/auth/admin/people/offboard.ts',
    from: '  return refused.get(target.id) ?? null;',
    to: '  return refused.size > 1e9 ? "never" : null;',
    ...integration('contrib/auth/admin/offboard'),
  },
  {
    what: 'somebody is let go by one press, though more ends for good than they could read',
    file: 'lib/contrib/auth/admin/people/offboard-review.ts',
    from: '  return (await belongingsOf(user.id, viewer)).ends.length > 0;',
    to: '  return (await belongingsOf(user.id, viewer)).ends.length > 1e9;',
    ...integration('contrib/auth/admin/offboard'),
  },
  {
    what: 'tokens of somebody who was let go live on',
    file: 'lib/contrib/auth/admin/people/offboard.ts',
    from: 'const others = await endBelongings(tx, { user: { id, username }, actor, request });',
    to: 'const others = {};',
    ...integration('extras/tokens/offboarding'),
  },
  {
    what: 'people are found by name by who may not view them',
    file: 'lib/contrib/admin/search/ids-found.ts',
    from: '  if (!(await hasViewPermission(viewer, admin))) return [];\n',
    to: '',
    ...integration('contrib/auth/admin/session-list'),
  },
  {
    what: 'people are named in lists to who may not view them',
    file: 'lib/contrib/auth/admin/people/person-cells.ts',
    from: 'const mayView = await hasViewPermission(viewer, userAdmin());',
    to: 'const mayView = (await hasViewPermission(viewer, userAdmin())) || true;',
    ...integration('contrib/auth/admin/session-list'),
  },
  {
    what: 'groups stand in the list of users for everybody',
    file: 'lib/contrib/auth/admin/people/user-columns.ts',
    from: '  isShownTo: mayViewGroups,\n',
    to: '',
    ...integration('contrib/auth/admin/people-lists'),
  },
  {
    what: 'who waits is found by who may not view people',
    file: 'lib/extras/throttling/admin.ts',
    from: '  if (!(await hasViewPermission(viewer, userAdmin()))) return null;\n',
    to: '',
    ...integration('extras/throttling/let-in'),
  },
  {
    what: 'waits are lifted by who may not delete them',
    file: 'lib/extras/throttling/let-in.ts',
    from: '  mayTake: (user) => user.hasPerm(PERMISSION),\n',
    to: '',
    ...integration('extras/throttling/let-in'),
  },
  {
    what: 'the log names groups to everybody',
    file: 'lib/extras/security-log/sentences/words-for.ts',
    from: "if (!mayViewGroups) return { text: 'a group' };",
    to: '',
    ...integration('extras/security-log/timeline'),
  },
  {
    what: 'what happened to a person is read without the log’s permission',
    file: 'app/(security-log)/admin/[app]/[model]/[id]/activity/page.tsx',
    from: 'if (!(await hasViewPermission(user, securityLogAdmin))) {',
    to: 'if (before === -1) {',
    project: 'boundary',
    tests: ['tests/boundary/security-log.test.ts'],
  },
  {
    what: 'the page that lets somebody go opens for whoever sees them',
    file: 'app/(admin)/admin/auth/user/find-user.ts',
    from: '  const refusal = await offboardRefusal(user, target);',
    to: '  const refusal = user.id < 0 ? await offboardRefusal(user, target) : null;',
    ...integration('contrib/auth/admin/offboard'),
  },
];
