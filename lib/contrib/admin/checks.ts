import { brought } from '@/lib/apps/registry';
import { findUserModel } from '@/lib/contrib/auth/users/user-model';
import { type CheckMessage, checkError } from '@/lib/core/checks/registry';
import { withAdditions } from './additions';
import { isFile } from './files/file-fields';
import { isEditable } from './form/values';
import { keyTo } from './inlines/lines';
import { type FieldMeta, getField } from './meta';
import type { Inline, ModelAdmin } from './options';

/**
 * Inlines that do not belong to their model or hold numbers that are none, and fields that a list cannot
 * change. What names fields that there are not does not compile, and is said here all the same, where
 * somebody has cast it away.
 * Django: contrib/admin/checks.py InlineModelAdminChecks, ModelAdminChecks._check_list_editable
 */
export function checkAdmins(): CheckMessage[] {
  // Without its people no site has screens, and auth.E101 says so.
  if (findUserModel() === null) return [];
  const added = brought('adminAdditions');
  return brought('admins').flatMap((declared) => {
    const admin = typeof declared === 'function' ? declared() : declared;
    return checkScreens(withAdditions(admin, added));
  });
}

/** The same of one model's screens. */
export function checkScreens(admin: ModelAdmin): CheckMessage[] {
  return [
    ...(admin.options.inlines ?? []).flatMap((inline) => checkInline(admin, inline)),
    ...(admin.options.listEditable ?? []).flatMap((name) => checkListEditable(admin, name)),
  ];
}

function checkInline(admin: ModelAdmin, inline: Inline): CheckMessage[] {
  const where = `An inline of ${admin.meta.key} with ${inline.model}`;
  const { extra, minNum, maxNum } = inline.options;
  return [
    ...checkKey(admin, inline),
    ...notCounted('admin.E203', `The value of 'extra' of ${where}`, extra),
    ...notCounted('admin.E204', `The value of 'maxNum' of ${where}`, maxNum),
    ...notCounted('admin.E205', `The value of 'minNum' of ${where}`, minNum),
  ];

  function notCounted(id: string, what: string, value: number | undefined): CheckMessage[] {
    if (value === undefined || (Number.isSafeInteger(value) && value >= 0)) return [];
    return [{ level: 'error', id, message: `${what} must be a whole number from 0.`, hint: HINT }];
  }
}

function checkKey({ meta }: ModelAdmin, inline: Inline): CheckMessage[] {
  try {
    const key = keyTo(meta, inline);
    if (!inline.options.fields?.includes(key.name)) return [];
    const message = `${inline.model} names "${key.name}" among the fields of an inline of ${meta.key}, to which it leads.`;
    return [
      checkError('admin.E201', message, 'Leave it out: each line belongs to the row of the form.'),
    ];
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return [
      checkError('admin.E202', error.message, 'Correct the inline, or name its key by fkName.'),
    ];
  }
}

function checkListEditable(admin: ModelAdmin, name: string): CheckMessage[] {
  const { meta, options } = admin;
  const { listDisplay = [], listDisplayLinks, readonlyFields = [] } = options;
  const what = `The value of 'listEditable' of ${meta.key} refers to "${name}"`;
  const found = fieldNamed(admin, name);
  if (found === null) return [checkError('admin.E121', `${what}, which is no field.`, HINT)];
  if (!listDisplay.includes(name)) {
    return [checkError('admin.E122', `${what}, which is not in 'listDisplay'.`, HINT)];
  }
  if (listDisplayLinks?.includes(name)) {
    return [checkError('admin.E123', `${what}, which is in 'listDisplayLinks' too.`, HINT)];
  }
  if (listDisplay[0] === name && !listDisplayLinks) {
    const message = `${what}, the first column, which leads to the row.`;
    return [checkError('admin.E124', message, "Name other columns in 'listDisplayLinks'.")];
  }
  const isHeld = isEditable(found) && found.kind !== 'manyToMany' && !isFile(found);
  if (isHeld && !readonlyFields.includes(name)) return [];
  return [checkError('admin.E125', `${what}, which no form changes.`, HINT)];
}

const HINT = 'Correct it in the declaration of the screens.';

function fieldNamed({ meta }: ModelAdmin, name: string): FieldMeta | null {
  try {
    return getField(meta, name);
  } catch {
    return null;
  }
}
