import type { Tell } from './outcome';
import type { PlainBrowser, Typed } from './plain-browser';
import { acts, choices, formValues, idOf, rowsOf, USERS, withOption } from './read-page';

const FIRST = 'A-First-Pass-42';
const SECOND = 'A-Second-Pass-42';

export async function addUsers(root: PlainBrowser, tell: Tell): Promise<string> {
  const add = tell('add user', await root.open(`${USERS}add/`));
  const step = (typed: Typed, button = '_save') => root.submit(add, 'password1', typed, button);
  const passwords = { password1: FIRST, password2: FIRST };
  const required = { says: ['This field is required.'] };
  tell('a user without a name', await step({ username: '', ...passwords }), required);
  const exists = { says: ['A user with that username already exists.'] };
  tell('a user that exists', await step({ username: 'root', ...passwords }), exists);
  const bad = { says: ['Enter a valid username.'] };
  tell('a name with a space', await step({ username: 'two words', ...passwords }), bad);
  const differ = { says: ['The two password fields didn’t match.'] };
  tell(
    'two passwords',
    await step({ username: 'script', ...passwords, password2: SECOND }),
    differ,
  );
  const weak = { username: 'script', password1: '12345678', password2: '12345678' };
  const poor = { says: ['This password is too common.', 'This password is entirely numeric.'] };
  tell('a weak password', await step(weak), poor);
  const another = await step({ username: 'script-b', ...passwords }, '_addanother');
  const more = ['The user “script-b” was added successfully. You may add another user below.'];
  tell('save a user and add another', another, { says: more });
  const extra = { is_superuser: 'on', is_staff: 'on' };
  const added = await step({ username: 'script-a', ...passwords, ...extra });
  const says = ['The user “script-a” was added successfully. You may edit it again below.'];
  return idOf(tell('the first step of a user', added, { says }));
}

type Made = { id: string; group: string };

export async function changeUser(
  root: PlainBrowser,
  tell: Tell,
  { id, group }: Made,
): Promise<void> {
  const path = `${USERS}${id}/change/`;
  tell('a user by the short address', await root.open(`${USERS}${id}/`));
  const page = await root.open(path);
  const save = (typed: Typed, button = '_save') => root.submit(page, 'first_name', typed, button);
  const all = {
    ...{
      username: 'script-ä',
      first_name: 'Ünï "q"',
      last_name: "O'Hara & <i>",
      email: 'A@EXAMPLE.org',
    },
    ...{ is_staff: true, is_superuser: false, is_active: true, groups: [group, '1'] },
    user_permissions: choices(page, 'user_permissions', ['Can view group', 'Can add user']),
  };
  const words = 'was changed successfully.';
  const again = { says: [`The user “script-ä” ${words} You may edit it again below.`] };
  tell('every field of a user', await save(all, '_continue'), again);
  tell('the form afterwards', await root.open(path), { rows: formValues('first_name') });
  const submit = async (typed: Typed, button = '_save') =>
    root.submit(await root.open(path), 'first_name', typed, button);
  const told = { says: [`The user “script-ä” ${words}`] };
  tell('nothing at all', await submit({}), told);
  const dated = { date_joined_0: '2020-02-29', date_joined_1: '12:30:00' };
  tell(
    'the dates',
    await submit({ ...dated, last_login_0: '2021-01-02', last_login_1: '03:04:05' }),
    told,
  );
  const invalid = { says: ['Enter a valid email address.'] };
  tell('no email address', await submit({ email: 'no' }), invalid);
  const strange = { says: ['Select a valid choice. 999 is not one of the available choices.'] };
  const forged = await root.open(path);
  tell(
    'a group that is none',
    await root.submit(
      withOption(forged, 'groups', '999'),
      'first_name',
      { groups: ['999'] },
      '_save',
    ),
    strange,
  );
  const more = { says: [`The user “script-ä” ${words} You may add another user below.`] };
  const fewer = {
    groups: [group],
    user_permissions: all.user_permissions.slice(1),
    is_staff: false,
  };
  const taken = await submit(fewer, '_addanother');
  tell('take rights away, and add another', taken, more);
  const filters = new URLSearchParams({ _changelist_filters: 'is_active__exact=1&q=script' });
  const filtered = await root.open(`${path}?${filters}`);
  const back = await root.submit(filtered, 'first_name', { last_name: 'Back' }, '_save');
  tell('back to the list as it was', back, { ...told, rows: rowsOf(USERS) });
}

export async function setPassword(root: PlainBrowser, tell: Tell, id: string): Promise<void> {
  const page = tell('the page of a password', await root.open(`${USERS}${id}/password/`));
  const mark = 'password1';
  const differ = { says: ['The two password fields didn’t match.'] };
  tell(
    'passwords that differ',
    await root.submit(page, mark, { password1: FIRST, password2: SECOND }),
    differ,
  );
  const typed = { password1: SECOND, password2: SECOND };
  const says = ['Password changed successfully.'];
  tell('a new password', await root.submit(page, mark, typed), { says });
}

// From Django 5.1 on.
export async function disablePassword(root: PlainBrowser, tell: Tell): Promise<void> {
  const found = await root.open(`${USERS}?username__exact=script-b`);
  const path = `${USERS}${rowsOf(USERS)(found.body)[0]}/password/`;
  const page = await root.open(path);
  if (!page.body.includes('usable_password')) return;
  const none = { usable_password: 'false', password1: '', password2: '' };
  const conflict = ['Conflicting form data submitted. Please try again.'];
  tell('no password, by the wrong button', await root.submit(page, 'password1', none), {
    says: conflict,
  });
  const off = await root.submit(page, 'password1', none, 'unset-password');
  tell('no password', off, { says: ['Password-based authentication was disabled.'] });
  const typed = { password1: SECOND, password2: SECOND };
  const on = await root.submit(await root.open(path), 'password1', typed);
  tell('a password once more', on, { says: ['Password changed successfully.'] });
}

export async function history(root: PlainBrowser, tell: Tell, id: string): Promise<void> {
  tell('the history of a user', await root.open(`${USERS}${id}/history/`), { rows: acts });
  tell('an empty history', await root.open(`${USERS}1/history/`), { rows: acts });
}
