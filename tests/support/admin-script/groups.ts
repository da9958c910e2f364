import type { Tell } from './outcome';
import type { PlainBrowser } from './plain-browser';
import { acts, choices, formValues, GROUPS, idOf, rowsOf } from './read-page';

export async function addGroups(root: PlainBrowser, tell: Tell): Promise<string> {
  const add = tell('add group', await root.open(`${GROUPS}add/`));
  const nameless = await root.submit(add, 'name', { name: '' }, '_save');
  tell('a group without a name', nameless, { says: ['This field is required.'] });
  const taken = await root.submit(add, 'name', { name: 'Readers' }, '_save');
  tell('a group that exists', taken, { says: ['Group with this Name already exists.'] });
  const permissions = choices(add, 'permissions', ['Can view user', 'Can change user']);
  const another = await root.submit(
    add,
    'name',
    { name: 'Script “A” <b>', permissions },
    '_addanother',
  );
  const says = [
    'The group “Script “A” <b>” was added successfully. You may add another group below.',
  ];
  tell('save a group and add another', another, { says });
  const kept = await root.submit(
    another,
    'name',
    { name: 'Script B', permissions: [] },
    '_continue',
  );
  const on = ['The group “Script B” was added successfully. You may edit it again below.'];
  tell('save a group and go on', kept, { says: on });
  return idOf(kept);
}

export async function changeGroup(root: PlainBrowser, tell: Tell, group: string): Promise<void> {
  const page = await root.open(`${GROUPS}${group}/change/`);
  const permissions = choices(page, 'permissions', ['Can delete group', 'Can view permission']);
  const typed = { name: 'Script C', permissions };
  const says = ['The group “Script C” was changed successfully.'];
  tell('a group', await root.submit(page, 'name', typed, '_save'), { says, rows: rowsOf(GROUPS) });
  const changed = await root.open(`${GROUPS}${group}/change/`);
  const again = await root.submit(
    changed,
    'name',
    { permissions: permissions.slice(1) },
    '_continue',
  );
  tell('a group, and go on', again, { says, rows: formValues('name') });
  tell('the history of a group', await root.open(`${GROUPS}${group}/history/`), { rows: acts });
}
