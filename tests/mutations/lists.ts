import type { Mutation } from './mutation';

const views = {
  project: 'integration-sqlite' as const,
  tests: ['tests/integration/extras/saved-views/saved-views.test.ts'],
};
const reviews = {
  project: 'integration-sqlite' as const,
  tests: ['tests/integration/extras/access-review/access-review.test.ts'],
};

const OF_VIEWS: readonly Mutation[] = [
  {
    what: "another's view is deleted",
    file: 'lib/extras/saved-views/saved-views.ts',
    from: '  const where = { id, userId: user.id };',
    to: '  const where = { id };',
    ...views,
  },
  {
    what: 'whoever acts as somebody sees their views',
    file: 'lib/extras/saved-views/list-views.ts',
    from: '  if (user.impersonator) return { views: [], link: null };',
    to: '',
    ...views,
  },
  {
    what: 'a query that nobody may filter by is kept',
    file: 'app/(saved-views)/admin/[app]/[model]/views/actions.ts',
    from: 'if (!(await isViewQuery(request.user, admin, query))) {',
    to: "if (query === '') {",
    ...views,
  },
];

const OF_REVIEWS: readonly Mutation[] = [
  {
    what: 'holders are confirmed by whoever sees them',
    file: 'app/(access-review)/admin/[app]/[model]/[id]/review/actions.ts',
    from: "if (!(await user.hasPerm(needed))) throw new PermissionDenied('', [needed]);",
    to: '',
    ...reviews,
  },
  {
    what: 'holders are reviewed by who may not view people',
    file: 'app/(access-review)/admin/[app]/[model]/[id]/review/asked.ts',
    from: '  await requireReview(user);',
    to: '',
    ...reviews,
  },
  {
    what: 'holders are confirmed who were not read',
    file: 'lib/extras/access-review/confirm.ts',
    from: 'if (digestOfIds(ids) !== digest) {',
    to: "if (digest === '') {",
    ...reviews,
  },
  {
    what: 'the file of holders names groups to everybody',
    file: 'lib/extras/access-review/who-holds.ts',
    from: 'const seesGroups = await hasViewPermission(viewer, groupAdmin);',
    to: 'const seesGroups = (await hasViewPermission(viewer, groupAdmin)) || true;',
    ...reviews,
  },
];

const OF_TOLD: readonly Mutation[] = [
  {
    what: 'the log is searched by names of groups by who may not view groups',
    file: 'lib/extras/security-log/search-detail.ts',
    from: 'if (!(await hasViewPermission(viewer, groupAdmin))) {',
    to: 'if (words.length === 0) {',
    project: 'integration-sqlite',
    tests: ['tests/integration/extras/security-log/admin.test.ts'],
  },
  {
    what: 'an alert is sent of what a transaction took back',
    file: 'lib/extras/alerts/alerting.ts',
    from: 'afterCommit(tx ?? db, () => source.after(task));',
    to: 'if (tx ?? db) source.after(task);',
    project: 'integration-sqlite',
    tests: ['tests/integration/extras/alerts/alerts.test.ts'],
  },
];

/** What lists keep of somebody, what is confirmed of holders, and what is told of events. */
export const OF_LISTS: readonly Mutation[] = [...OF_VIEWS, ...OF_REVIEWS, ...OF_TOLD];
