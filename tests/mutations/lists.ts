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

/** What lists keep of somebody, and what is confirmed of those who hold something. */
export const OF_LISTS: readonly Mutation[] = [...OF_VIEWS, ...OF_REVIEWS];
