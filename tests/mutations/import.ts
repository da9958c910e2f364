import { APPS } from '@/lib/apps/declared';

const of = (name: string) => ({
  project: 'integration-sqlite' as const,
  tests: [`tests/integration/extras/import/${name}.test.ts`],
});

const IMPORT = [
  {
    what: 'a file adds rows without the permission',
    file: 'lib/extras/import/read-rows.ts',
    from: 'if (!may.add) return',
    to: 'if (!may.add && line < 0) return',
    ...of('import'),
  },
  {
    what: 'a file changes rows that its sender may not change',
    file: 'lib/extras/import/read-rows.ts',
    from: '  if (!mayEach) {',
    to: '  if (!mayEach && line < 0) {',
    ...of('import'),
  },
  {
    what: 'a file tells of rows that the list hides',
    file: 'lib/extras/import/read-rows.ts',
    from: 'await visibleIds(db, admin, [...wanted], user)',
    to: '[...wanted]',
    ...of('import'),
  },
  {
    what: 'a file tells of rows that its sender may not view',
    file: 'lib/extras/import/read-rows.ts',
    from: 'if (await hasViewPermission(user, admin, row)) rows.set',
    to: 'rows.set',
    ...of('import'),
  },
  {
    what: 'an id counts twice in one file',
    file: 'lib/extras/import/read-rows.ts',
    from: 'used.has(before.id)',
    to: 'used.has(0)',
    ...of('import'),
  },
  {
    what: 'a file moves rights that nobody has read of',
    file: 'lib/extras/import/import-rows.ts',
    from: 'const why = whyUnread(review, asked.confirmation);',
    to: 'const why = null;',
    ...of('rights'),
  },
  {
    what: 'a file has a password',
    file: 'lib/extras/import/columns.ts',
    from: 'if (isSecretColumn(admin, name)) {',
    to: 'if (isSecretColumn(admin, name) && at < 0) {',
    ...of('import'),
  },
  {
    what: 'a look at a file writes it',
    file: 'lib/extras/import/import-file.ts',
    from: '    throw new RolledBack(await importRows(tx, admin, asked));',
    to: '    return importRows(tx, admin, asked);',
    ...of('import'),
  },
  {
    what: 'rows are imported beside one that is refused',
    file: 'lib/extras/import/import-file.ts',
    from: "if (done.kind !== 'done' || !isAsShown(report, done.rows)) throw",
    to: "if (done.kind !== 'done') throw",
    ...of('import'),
  },
  {
    what: 'a row that changed after the look is overwritten',
    file: 'lib/extras/import/import-rows.ts',
    from: 'const looked = asked.digests ? asked.digests[at] : row.digest;',
    to: 'const looked = asked.digests ? row.digest : asked.rows[at]?.digest;',
    ...of('confirm'),
  },
  {
    what: 'a preview is anybody’s',
    file: 'lib/extras/import/previews.ts',
    from: 'where: { id, ...ownerOf(user), model',
    to: 'where: { id, model',
    ...of('import'),
  },
  {
    what: 'a preview is good for ever',
    file: 'lib/extras/import/previews.ts',
    from: ', expires: { gt: new Date() } },',
    to: ' },',
    ...of('import'),
  },
  {
    what: 'a file gives rights with an old sign-in',
    file: 'lib/extras/import/import-rows.ts',
    from: '    isFresh,\n    written',
    to: '    isFresh: isFresh || true,\n    written',
    ...of('users'),
  },
  {
    what: 'a file is read for whoever may only look',
    file: 'lib/extras/import/may-import.ts',
    from: 'if (!may.add && !may.change) throw',
    to: 'if (!may.add && may.change) throw',
    ...of('users'),
  },
];

/** Protections of the import; none where the app was deleted from the tree, and its tests with it. */
export function importMutations() {
  return APPS.some(({ label }) => label === 'import') ? IMPORT : [];
}
