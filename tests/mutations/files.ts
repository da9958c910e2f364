import type { Mutation } from './mutation';

type Place = Pick<Mutation, 'project' | 'tests'>;

const FIELDS: Place = {
  project: 'integration-sqlite',
  tests: ['tests/integration/contrib/admin/files/file-fields.test.ts'],
};
const DELIVERY: Place = {
  project: 'integration-sqlite',
  tests: ['tests/integration/extras/files/deliver.test.ts'],
};
const NAMES: Place = { project: 'unit', tests: ['tests/unit/core/files/names.test.ts'] };
const RULES: Place = { project: 'unit', tests: ['tests/unit/core/files/file-rules.test.ts'] };
const STORAGE: Place = { project: 'unit', tests: ['tests/unit/core/files/storage.test.ts'] };
const ACTIONS: Place = {
  project: 'integration-sqlite',
  tests: ['tests/integration/contrib/admin/list/action-forms.test.ts'],
};
const RELATED: Place = { project: 'boundary', tests: ['tests/boundary/related.test.ts'] };

/** Protections of files, of actions that ask or give a file, and of dialogs beside fields. */
export const OF_FILES: Mutation[] = [
  {
    what: 'files: a name with dots leads out of the storage',
    file: 'lib/core/files/names.ts',
    from: "part === '' || part === '.' || part === '..'",
    to: "part === ''",
    ...NAMES,
  },
  {
    what: 'files: a storage opens whatever name it is told',
    file: 'lib/core/files/storage/storage.ts',
    from: '    validateFileName(name);\n    return this.read(name, range);',
    to: '    return this.read(name, range);',
    ...STORAGE,
  },
  {
    what: 'files: a link in the folder is followed',
    file: 'lib/core/files/storage/filesystem.ts',
    from: 'constants.O_RDONLY | constants.O_NOFOLLOW',
    to: 'constants.O_RDONLY',
    ...STORAGE,
  },
  {
    what: 'files: others of the machine may read them',
    file: 'lib/core/files/storage/filesystem.ts',
    from: "open(file, 'wx', 0o600);\n  try",
    to: "open(file, 'wx', 0o644);\n  try",
    ...STORAGE,
  },
  {
    what: 'files: what is in one is not looked at',
    file: 'lib/core/files/file-rules.ts',
    from: 'if (!fitsName(file.name, bytes)) {',
    to: 'if (file.size < 0) {',
    ...RULES,
  },
  {
    what: 'files: the size is not looked at',
    file: 'lib/core/files/file-rules.ts',
    from: 'size > maxSize',
    to: 'size > maxSize * 1000',
    ...RULES,
  },
  {
    what: 'files: a picture may unfold to any number of pixels',
    file: 'lib/core/files/file-rules.ts',
    from: 'width * height > maxPixels',
    to: 'width * height < 0',
    ...RULES,
  },
  {
    what: 'files: a text names the file of a row',
    file: 'lib/contrib/admin/form/form-fields.ts',
    from: 'if (isFile(field)) return readFile(field, form);',
    to: "if (isFile(field) && typeof form.get(field.formName) === 'object' && form.has(field.formName)) return readFile(field, form);",
    ...FIELDS,
  },
  {
    what: 'files: those of a form that is not saved stay',
    file: 'lib/contrib/admin/files/uploads.ts',
    from: 'if (!isSaved) await discardFiles(kept);',
    to: 'if (!isSaved) await discardFiles([]);',
    ...FIELDS,
  },
  {
    what: 'files: one that another row names is deleted too',
    file: 'lib/contrib/admin/files/discard.ts',
    from: 'if (!used.has(name)) await',
    to: 'if (used !== null) await',
    ...FIELDS,
  },
  {
    what: 'files: one that must be there can be cleared',
    file: 'lib/contrib/admin/files/uploads.ts',
    from: 'field.isBlank && typeof ticked',
    to: 'typeof ticked',
    ...FIELDS,
  },
  {
    what: 'files: whoever is signed in may have each',
    file: 'app/(files)/media/[...path]/route.ts',
    from: 'if (!(await mayHaveFile(adminSite, user, name))) throw new Http404();',
    to: 'if (!user.isAuthenticated || adminSite === null || mayHaveFile === null) throw new Http404();',
    ...DELIVERY,
  },
  {
    what: 'files: a rule of an app counts for every model’s',
    file: 'lib/extras/files/viewers.ts',
    from: '  return row !== undefined && hasViewPermission(user, admin, row);',
    to: '  return row !== undefined || hasViewPermission(user, admin, row);',
    ...DELIVERY,
  },
  {
    what: 'files: a page is shown as what it calls itself',
    file: 'lib/extras/files/deliver.ts',
    from: "isShown(typeOfName(name)) ? 'inline' : 'attachment'",
    to: "isShown(name) ? 'attachment' : 'inline'",
    ...DELIVERY,
  },
  {
    what: 'files: what is in one may run',
    file: 'lib/extras/files/deliver.ts',
    from: "frame-ancestors 'none'; sandbox",
    to: "frame-ancestors 'none'; sandbox allow-scripts",
    ...DELIVERY,
  },
  {
    what: 'actions: a form that is wrong is taken',
    file: 'lib/contrib/admin/list/list-post.ts',
    from: 'if (!parsed.ok) return { ...page, state: parsed.state };',
    to: "if (!parsed.ok) return told({ level: 'success', text: 'Renamed.' });",
    ...ACTIONS,
  },
  {
    what: 'actions: a form that gives a right asks nobody who they are',
    file: 'lib/contrib/admin/list/list-post.ts',
    from: 'const isStale = action.isGrant === true && !isFresh;',
    to: 'const isStale = action.isGrant === true && isFresh && false;',
    ...ACTIONS,
  },
  {
    what: 'beside a field: the form is given to whoever may look',
    file: 'app/(admin)/admin/related/route.ts',
    from: "if (!may) throw permissionDenied(admin, row ? 'change' : 'add');",
    to: "if (may === null) throw permissionDenied(admin, row ? 'change' : 'add');",
    ...RELATED,
  },
  {
    what: 'beside a field: a dialog saves what is added elsewhere',
    file: 'app/(admin)/admin/[app]/[model]/[id]/actions.ts',
    from: 'if (!isPlainForm(admin)) throw new Http404();',
    to: 'if (isPlainForm === null) throw new Http404();',
    ...RELATED,
  },
  {
    what: 'beside a field: a page leads wherever it is told',
    file: 'app/(admin)/admin/after-save.ts',
    from: 'const next = getSafeNext(request, form);',
    to: "const next = getSafeNext(request, form) ?? (form.has('next') ? String(form.get('next')) : null);",
    ...RELATED,
  },
];
