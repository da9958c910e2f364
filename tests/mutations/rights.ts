import type { Mutation } from './mutation';

const boundary = (name: string) => ({
  project: 'boundary' as const,
  tests: [`tests/boundary/${name}.test.ts`],
});

const history = {
  project: 'integration-sqlite' as const,
  tests: ['tests/integration/contrib/admin/kept-changes.test.ts'],
};

/** What protects the review of a change of rights, undoing it, membership, and what the history keeps. */
export const OF_RIGHTS: Mutation[] = [
  {
    what: 'a form moves rights that nobody has read of',
    file: 'lib/contrib/admin/form/write/read-first.ts',
    from: 'const why = whyUnread(review, confirmation);',
    to: 'const why = null;',
    ...boundary('rights'),
  },
  {
    what: 'a list that is changed itself moves rights that nobody has read of',
    file: 'lib/contrib/admin/list/editable/save-list.ts',
    from: '{ request, confirmation: call.confirmation }',
    to: '{ request, confirmation: undefined }',
    ...boundary('admin/rights-ways'),
  },
  {
    what: 'an action moves rights that nobody has read of',
    file: 'lib/contrib/admin/actions.ts',
    from: "    if (unread) return { kind: 'unread', unread, ids };\n",
    to: '',
    ...boundary('rights'),
  },
  {
    what: 'a group is deleted whose members nobody has read of',
    file: 'lib/contrib/admin/deletion/deletion.ts',
    from: '    if (unread) return { count: 0, refusals: [], unread };\n',
    to: '',
    ...boundary('rights'),
  },
  {
    what: 'something else is written than was read',
    file: 'lib/contrib/auth/rights/confirmation.ts',
    from: '  if (digest !== review.digest) return { review, notice: NOT_AS_READ };\n',
    to: '',
    ...boundary('rights'),
  },
  {
    what: 'any number counts',
    file: 'lib/contrib/auth/rights/confirmation.ts',
    from: 'if (asksForCount(review) && ',
    to: "if (count === '' && ",
    ...boundary('rights'),
  },
  {
    what: 'another session undoes it',
    file: 'lib/contrib/auth/rights/undo-offer.ts',
    from: 'found.session !== session.id || ',
    to: '',
    ...boundary('undo'),
  },
  {
    what: 'what was changed since is undone with it',
    file: 'lib/contrib/auth/admin/rights/undo.ts',
    from: "  if (since.length > 0) return { kind: 'refused', texts: since };\n",
    to: '',
    ...boundary('undo'),
  },
  {
    what: 'who may no longer change it undoes it',
    file: 'lib/contrib/auth/admin/rights/undo.ts',
    from: 'if (!(await hasChangePermission(request.user, admin, row ?? undefined))) {',
    to: 'if (!row) {',
    ...boundary('undo'),
  },
  {
    what: 'an old sign-in undoes what it may not give',
    file: 'app/(admin)/admin/undo/actions.ts',
    from: 'let isFresh = isSignInFresh(request);',
    to: 'let isFresh = true;',
    ...boundary('undo'),
  },
  {
    what: 'anybody is put into any group by whoever may change users',
    file: 'lib/contrib/auth/admin/rights/memberships.ts',
    from: '    if (text === undefined) changed.push(account);',
    to: '    if (text !== null) changed.push(account);',
    ...boundary('admin/members'),
  },
  {
    what: 'who may only look puts people into a group from its side',
    file: 'lib/contrib/auth/admin/rights/memberships.ts',
    from: "    label: 'Add to group',\n    permission: 'change',",
    to: "    label: 'Add to group',\n    permission: 'view',",
    ...boundary('admin/members'),
  },
  {
    what: 'the form of then gives what whoever looks may not give',
    file: 'lib/contrib/admin/kept/form-then.ts',
    from: 'named.has(id) && !refused.includes(id)',
    to: 'named.has(id)',
    ...history,
  },
  {
    what: 'the history keeps a password',
    file: 'lib/contrib/admin/kept/kept-changes.ts',
    from: 'if (isSecret(field.formName) || isFile(field)) return false;',
    to: 'if (isFile(field)) return false;',
    ...history,
  },
  {
    what: 'what was kept of a row outlives it',
    file: 'lib/contrib/admin/config.ts',
    from: ', receiver(preDelete, forgetKept)',
    to: '',
    ...history,
  },
];
