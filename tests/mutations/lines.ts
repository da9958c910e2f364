import type { Mutation } from './mutation';

const tried = (name: string): Pick<Mutation, 'project' | 'tests'> => ({
  project: 'every-type-sqlite',
  tests: [`tests/every-type/${name}.test.ts`],
});

/** What keeps lines in the form of a row, and rows of a list that is changed itself. */
export const OF_LINES: Mutation[] = [
  {
    what: 'a line is reached by its id, whoever it belongs to',
    file: 'lib/contrib/admin/inlines/line-rows.ts',
    from: 'belongs(lines, parentId)} AND t.id IN',
    to: 'Prisma.sql`TRUE`} AND t.id IN',
    ...tried('inlines'),
  },
  {
    what: 'an inline knows nothing of the rules of its model’s own screens',
    file: 'lib/contrib/admin/inlines/lines.ts',
    from: '((await own.hasChangePermission?.(user, line)) ?? true)',
    to: 'true',
    ...tried('lines-of-others'),
  },
  {
    what: 'a line that somebody else has changed is overwritten',
    file: 'lib/contrib/admin/inlines/judge-lines.ts',
    from: 'if (id === null || !parent) return [];',
    to: 'return [];',
    ...tried('lines-of-others'),
  },
  {
    what: 'a line that its sender does not see is reached by its id',
    file: 'lib/contrib/admin/inlines/judge-lines.ts',
    from: '(isKnown && id !== null ? id : [])',
    to: '(id ?? [])',
    ...tried('lines-of-others'),
  },
  {
    what: 'a list changes rows that its sender may not change',
    file: 'lib/contrib/admin/list/editable/save-list.ts',
    from: 'if (row && !(await hasChangePermission(user, screens, row))) continue;',
    to: '',
    ...tried('list-editable'),
  },
  {
    what: 'a list changes rows that its sender may not see',
    file: 'lib/contrib/admin/list/editable/save-list.ts',
    from: 'await visibleIds(db, screens, ids, user)',
    to: 'ids',
    ...tried('list-editable'),
  },
  {
    what: 'a list gives a right without asking who one is',
    file: 'lib/contrib/admin/list/editable/save-list.ts',
    from: '!call.isFresh && changes',
    to: 'false && changes',
    ...tried('list-editable'),
  },
  {
    what: 'a select offers rows that its reader may not see',
    file: 'lib/contrib/admin/form/choices.ts',
    from: 'if (!target?.options.getQueryset || !reader) return ids;',
    to: 'if (!target?.options.getQueryset || !reader || true) return ids;',
    ...tried('told'),
  },
  {
    what: 'a field takes the id of a row that its sender may not see',
    file: 'lib/contrib/admin/private-names.ts',
    from: 'if (!target || !(isViewed || target.options.getQueryset)) return new Set();',
    to: 'return new Set();',
    ...tried('told'),
  },
  {
    what: 'the hierarchy of dates tells of rows that nobody here may see',
    file: 'lib/contrib/admin/list/date-hierarchy.ts',
    from: 'const where = isOwn ? whole : test;',
    to: 'const where = [whole, test, isOwn] && Prisma.sql`TRUE`;',
    ...tried('told'),
  },
  {
    what: 'a form is left for a page of rows that its sender may do nothing with',
    file: 'app/(admin)/admin/form-beside.ts',
    from: "(what === 'add' ? place.links.canAdd : place.links.canChange)",
    to: "(what !== 'steal')",
    ...tried('beside-lines'),
  },
  {
    what: 'what was kept of a form stays once it is saved',
    file: 'lib/contrib/admin/related/kept-forms.ts',
    from: 'each.path !== path);',
    to: 'each.path !== path || true);',
    ...tried('beside-lines'),
  },
];
