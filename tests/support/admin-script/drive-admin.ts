import { deleteMany, deleteOne } from './deletions';
import { addGroups, changeGroup } from './groups';
import { type Outcome, type Tell, teller } from './outcome';
import { formsIn, mainOf } from './page-forms';
import { type Page, PlainBrowser } from './plain-browser';
import { formValues, GROUPS, rowsOf, USERS } from './read-page';
import { addUsers, changeUser, disablePassword, history, setPassword } from './users';

/** Who signs in. The users and groups that the script begins with are the test's. */
export type People = { root: string; viewer: string; plain: string; password: string };

/** Queries of the list of users, as somebody types them or follows them from a link. */
const USER_QUERIES = [
  ...[
    '',
    'q=ann',
    'q=ANN',
    'q=ann+example.org',
    'q=%22ann+lee%22',
    'q=nobody-is-called-so',
    'q=%25',
  ],
  ...['is_staff__exact=1', 'is_staff__exact=0', 'is_active__exact=0', 'is_superuser__exact=1'],
  ...['groups__id__exact=1', 'groups__id__exact=2&is_active__exact=1', 'groups__id__exact=99'],
  ...[
    'q=ann&is_staff__exact=1&o=-2',
    'username__startswith=u',
    'email__contains=org',
    'id__exact=3',
  ],
  ...['last_login__isnull=1', 'date_joined__gte=2024-01-01', 'first_name=Ann'],
  ...[
    'o=1',
    'o=-1',
    'o=2',
    'o=-2',
    'o=3.-1',
    'o=-4.2',
    'o=5.-3',
    'o=-5',
    'o=0',
    'o=99',
    'o=x',
    'o=',
  ],
  ...['p=1', 'p=2', 'p=2&o=-1', 'p=0', 'p=3', 'p=x', 'all=', 'all=&o=-1', 'q=ann&p=2', 'e=1'],
  ...['password__startswith=p', 'user_permissions__content_type__app_label=auth'],
  ...['groups__permissions__codename=x', 'bogus=1', 'is_staff__exact=foo', 'id__exact=x'],
];

const GROUP_QUERIES = ['', 'q=read', 'q=none', 'o=1', 'o=-1', 'id__exact=1', 'bogus=1'];

/**
 * Drive an admin as Django's is driven: by its addresses and the names of its fields, without scripts.
 * It knows neither which site it speaks to nor what the answers ought to be.
 */
export async function driveAdmin(origin: string, people: People): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const root = new PlainBrowser(origin);
  const tell = teller(outcomes, root);

  tell('a stranger asks for the admin', await root.open('/admin/'));
  tell('a stranger asks for a user', await root.open(`${USERS}1/change/?a=b`));
  const signInPage = await root.open('/admin/login/?next=/admin/auth/');
  const wrong = { username: people.root, password: 'wrong' };
  tell('a wrong password', await root.submit(signInPage, 'username', wrong));
  const right = { username: people.root, password: people.password };
  tell('sign in', await root.submit(signInPage, 'username', right));
  tell('the index', await root.open('/admin/'), { says: ['Users', 'Groups'] });
  tell('an app', await root.open('/admin/auth/'), { says: ['Users', 'Groups'] });
  tell('no app', await root.open('/admin/nothing/'));
  tell('no model', await root.open('/admin/auth/nothing/'));

  for (const query of USER_QUERIES) {
    tell(`users ?${query}`, await root.open(`${USERS}?${query}`), { rows: rowsOf(USERS) });
  }
  for (const query of GROUP_QUERIES) {
    tell(`groups ?${query}`, await root.open(`${GROUPS}?${query}`), { rows: rowsOf(GROUPS) });
  }
  const list = await root.open(`${USERS}?is_active__exact=1&o=-1`);
  tell('search by the form', await root.submit(list, 'q', { q: 'ann' }), { rows: rowsOf(USERS) });

  const group = await addGroups(root, tell);
  const id = await addUsers(root, tell);
  await changeUser(root, tell, { id, group });
  await setPassword(root, tell, id);
  await disablePassword(root, tell);
  await history(root, tell, id);
  await changeGroup(root, tell, group);
  await deleteOne(root, tell);
  await deleteMany(root, tell);
  await missingIds(root, tell);
  await others(origin, people, outcomes);

  tell('sign out', await signOut(root));
  tell('and a stranger again', await root.open(`${USERS}?q=ann`));
  return outcomes;
}

async function missingIds(root: PlainBrowser, tell: Tell): Promise<void> {
  const ids = ['9999', 'x', '0', '99999999999999999999'];
  for (const [i, page] of ['password', 'delete', 'history', 'change'].entries()) {
    for (const id of new Set(['9999', ids[i]])) {
      tell(`${page} of ${id}`, await root.open(`${USERS}${id}/${page}/`));
    }
  }
}

async function others(origin: string, people: People, outcomes: Outcome[]): Promise<void> {
  const { password } = people;
  const viewer = new PlainBrowser(origin);
  const tell = teller(outcomes, viewer);
  const signIn = await viewer.open('/admin/login/?next=/admin/');
  const hers = { username: people.viewer, password };
  tell('who may only view signs in', await viewer.submit(signIn, 'username', hers), {
    says: ['Users'],
  });
  tell('she sees the list', await viewer.open(USERS), { rows: rowsOf(USERS) });
  const page = await viewer.open(`${USERS}1/change/`);
  tell('she sees a user', page, { says: ['View user'], rows: formValues('first_name') });
  tell('she sees a history', await viewer.open(`${USERS}3/history/`));
  for (const path of ['add/', '1/delete/', '1/password/']) {
    tell(`she opens ${path}`, await viewer.open(`${USERS}${path}`));
  }
  tell('she opens the groups', await viewer.open(GROUPS));
  const plain = new PlainBrowser(origin);
  const form = await plain.open('/admin/login/?next=/admin/');
  const his = { username: people.plain, password };
  teller(outcomes, plain)(
    'who is not of the staff signs in',
    await plain.submit(form, 'username', his),
  );
}

// A form in the header, or a page with one; before Django 5 it was enough to ask for the address.
async function signOut(root: PlainBrowser): Promise<Page> {
  const asked = await root.open('/admin/logout/');
  const page = asked.status === 405 ? await root.open('/admin/') : asked;
  const inHeader = formsIn(page.body).find(({ action }) => action.endsWith('/logout/'));
  const form = inHeader ?? formsIn(mainOf(page.body))[0];
  return form ? root.send(page, form, {}) : page;
}
