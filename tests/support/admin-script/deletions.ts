import type { Tell, Told } from './outcome';
import type { PlainBrowser, Typed } from './plain-browser';
import { GROUPS, rowsOf, USERS } from './read-page';

const NONE_TICKED =
  'Items must be selected in order to perform actions on them. No items have been changed.';

export async function deleteOne(root: PlainBrowser, tell: Tell): Promise<void> {
  const [user] = rowsOf(USERS)((await root.open(`${USERS}?q=script-b`)).body);
  const asked = tell('delete a user?', await root.open(`${USERS}${user}/delete/`), {
    says: ['script-b'],
  });
  const gone = await root.submit(asked, 'post', {});
  tell('yes', gone, { says: ['The user “script-b” was deleted successfully.'] });
  const [group] = rowsOf(GROUPS)((await root.open(`${GROUPS}?q=Script+%E2%80%9CA`)).body);
  const askedToo = tell('delete a group?', await root.open(`${GROUPS}${group}/delete/`));
  const goneToo = await root.submit(askedToo, 'post', {});
  tell('yes, too', goneToo, { says: ['The group “Script “A” <b>” was deleted successfully.'] });
}

export async function deleteMany(root: PlainBrowser, tell: Tell): Promise<void> {
  const act = async (what: string, path: string, typed: Typed, told?: Told) => {
    const list = await root.open(path);
    return tell(what, await root.submit(list, '_selected_action', typed), told);
  };
  const ids = rowsOf(USERS)((await root.open(`${USERS}?q=gone`)).body);
  const chosen = { action: 'delete_selected' };
  await act('nothing is ticked', USERS, chosen, { says: [NONE_TICKED] });
  const noAction = { says: ['No action selected.'] };
  await act(
    'no action is chosen',
    USERS,
    { action: '', _selected_action: ids.slice(0, 1) },
    noAction,
  );
  const two = { ...chosen, _selected_action: ids.slice(0, 2) };
  const asked = await act('delete two?', `${USERS}?q=gone`, two, { says: ['gone0', 'gone1'] });
  const done = await root.submit(asked, 'post', {});
  tell('yes, both', done, { says: ['Successfully deleted 2 users.'], rows: rowsOf(USERS) });
  const one = { ...chosen, _selected_action: [ids[2] ?? ''] };
  const single = await act('delete one on page 2?', `${USERS}?p=2&o=-1`, one);
  const gone = await root.submit(single, 'post', {});
  tell('yes, it', gone, { says: ['Successfully deleted 1 user.'] });
  const across = { ...chosen, select_across: '1', _selected_action: ids.slice(3, 4) };
  const every = await act('delete all that a filter leaves?', `${USERS}?q=gone`, across);
  const all = await root.submit(every, 'post', {});
  tell('yes, all', all, { says: ['Successfully deleted 9 users.'], rows: rowsOf(USERS) });
  const groups = rowsOf(GROUPS)((await root.open(`${GROUPS}?q=Gone`)).body);
  const both = { ...chosen, _selected_action: groups };
  const askedGroups = await act('delete groups?', GROUPS, both, { says: ['Gone 1'] });
  const goneGroups = await root.submit(askedGroups, 'post', {});
  tell('yes, the groups', goneGroups, {
    says: ['Successfully deleted 2 groups.'],
    rows: rowsOf(GROUPS),
  });
}
