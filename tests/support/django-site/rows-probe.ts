/**
 * What the screens that `inspectdb --editable` wrote do with Django's rows, in a process of the tree that it
 * wrote into: `tsx tests/support/django-site/rows-probe.ts APP JSON`, of what Django answers to `typed`. Prints
 * what it saw as one line of JSON.
 */
import '@/lib/site/app-configs';
import { changeForm } from '@/lib/contrib/admin/form/change-form';
import { saveObject } from '@/lib/contrib/admin/form/save';
import { findObject, readSnapshot } from '@/lib/contrib/admin/form/snapshot';
import { getChangeList } from '@/lib/contrib/admin/list/change-list';
import { fieldByFormName } from '@/lib/contrib/admin/meta';
import type { ModelAdmin } from '@/lib/contrib/admin/options';
import { findUserByName } from '@/lib/contrib/auth/users/user-model';
import { closeDb, db } from '@/lib/db/client';
import { formOf } from '@/tests/support/admin/object-forms';
import { requestOf, screens } from '@/tests/support/admin/staff';

type Wanted = { id: string; values: Record<string, string>; flags: readonly string[] };

const [app = '', json = '{}'] = process.argv.slice(2);
const wanted = JSON.parse(json) as Record<string, Wanted>;
const boss = await findUserByName('boss@example.com');
if (!boss) throw new Error('There is no boss.');
const by = requestOf(boss);

/** Type what is wanted into the form of a row and save it: the columns that were changed, or what was said. */
async function change(admin: ModelAdmin, { id: key, values, flags }: Wanted) {
  const found = await findObject(by.user, admin, key);
  if (!found) return { saved: `no row ${key}` };
  const { id } = found;
  const form = await changeForm(admin, await readSnapshot(db, admin, id), { canChange: true });
  const columns: string[] = [];
  const fields: Record<string, string> = { ...form.values, _version: form.version };
  for (const name of Object.keys(form.values)) {
    const meta =
      fieldByFormName(admin.meta, name.replace(/_[01]$/, '')) ?? fieldByFormName(admin.meta, name);
    const column = meta && 'column' in meta ? meta.column : '';
    const isRequired = meta !== null && 'isRequired' in meta && meta.isRequired;
    if (flags.includes(column)) fields[name] = isRequired ? 'on' : 'true';
    const text = values[column];
    if (text === undefined) continue;
    columns.push(column);
    if (meta?.kind !== 'datetime') {
      fields[name] = text;
      continue;
    }
    // An empty one is filled by no name of its own; a browser sends both halves of each.
    const [day = '', time = ''] = text.replace(/\+00:00$/, '').split(' ');
    fields[`${meta.formName}_0`] = day;
    fields[`${meta.formName}_1`] = time;
  }
  const saved = await saveObject(admin, by, { id, form: formOf(fields), isFresh: true });
  return { columns: [...new Set(columns)], saved, values: form.values };
}

const seen: Record<string, unknown> = {};
for (const [model, each] of Object.entries(wanted)) {
  const admin = screens(`${app}.${model}`);
  const list = await getChangeList(admin, by.user, new URLSearchParams());
  seen[model] = { listed: list.rows.length, ...(await change(admin, each)) };
}
process.stdout.write(
  `${JSON.stringify(seen, (_, each) => (typeof each === 'bigint' ? String(each) : each))}\n`,
);
await closeDb();
