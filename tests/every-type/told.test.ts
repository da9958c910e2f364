import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PermissionName } from '@/lib/apps/installed';
import { users } from '@/lib/contrib/auth/users/managers';
import { formOf } from '@/tests/support/admin/object-forms';
import { grant, reload } from '@/tests/support/auth/grants';
import { admin, everyTypeAdmin } from '@/tests/support/every-type/forms';
import { get, post, postForFile, type Shown, serveScreens } from '@/tests/support/every-type/pages';
import { ONE, servedScreens } from '@/tests/support/every-type/served';
import { modelOf } from '@/tests/support/every-type/site';
import { csvFile } from '@/tests/support/import/import';
import { browserOf } from '@/tests/support/server-call';

const SEES = ['view_product', 'view_order', 'view_line', 'view_leaflet', 'view_category'];
const CHANGES = ['change_product', 'delete_product', 'add_product', 'change_order', 'add_line'];
const MORE = ['change_line', 'add_leaflet'];

const PERSONS = ['stranger', 'plain', 'staff', 'viewer', 'changer', 'superuser'] as const;
type Person = (typeof PERSONS)[number];

const cookies: Record<Person, string> = {
  stranger: '',
  plain: '',
  staff: '',
  viewer: '',
  changer: '',
  superuser: '',
};
/** Of the rows that the requests name. */
const ids = { open: '', other: '', hidden: '', order: '' };
let undo = () => {};

beforeAll(async () => {
  const tearDown = await everyTypeAdmin();
  undo = serveScreens(servedScreens());
  await makePeople();
  const made = async (data: object) =>
    String((await modelOf('product').create({ data: { note: '', ...data } }))['id']);
  const hidden = { name: 'Zebra quagga', price: '7777.77', born: new Date('1999-07-07') };
  ids.hidden = await made({ ...hidden, note: 'quagga' });
  ids.open = await made({ name: ONE.product, born: new Date('2020-02-02') });
  ids.other = await made({ name: 'Open 2', parentId: BigInt(ids.open) });
  // Whose filter has this choice for who sees it.
  await made({ name: 'Zebra foal of quagga', parentId: BigInt(ids.hidden) });
  const order = await modelOf('order').create({ data: { number: 1 } });
  ids.order = String(order['id']);
  const line = { orderId: ids.order, productId: BigInt(ids.open), price: '1' };
  await modelOf('line').create({ data: line });
  return tearDown;
});
afterAll(() => undo());

async function makePeople(): Promise<void> {
  const made = async (username: string, isStaff: boolean, perms: readonly string[]) => {
    const user = await users.createUser({ username, password: null, isStaff });
    for (const perm of perms) await grant(user, `shop.${perm}` as PermissionName);
    return browserOf(await reload(user));
  };
  cookies.plain = await made('plain', false, [...SEES, ...CHANGES, ...MORE]);
  cookies.staff = await made('staff', true, []);
  cookies.viewer = await made('viewer', true, SEES);
  cookies.changer = await made(ONE.username, true, [...SEES, ...CHANGES, ...MORE]);
  cookies.superuser = await browserOf(admin());
}

const LIST = '/admin/shop/product/';
const asked = (address: () => string) => (cookie: string) => get(cookie, address());

const sent =
  (action: Parameters<typeof post>[1]['action'], fields: () => Record<string, string>) =>
  (cookie: string) => {
    const form = formOf({ _model: 'shop.product', ...fields() });
    return post(cookie, { action, form, from: LIST });
  };

const AUTOCOMPLETE = '/admin/autocomplete/?app_label=shop&model_name=line&field_name=product';
const UNTOUCHED = { note: '', price: '0.10', born: '', status: 'draft', parent: '' };

async function importOf(cookie: string): Promise<Shown> {
  const form = formOf({ _model: 'shop.product' });
  form.set('import_file', csvFile(`id,name\n${ids.hidden},Zebra taken\n`));
  const answer = await post(cookie, { action: 'preview', form, from: `${LIST}import/` });
  return answer.location?.startsWith(LIST) ? get(cookie, answer.location) : answer;
}

const ticked = (cookie: string) =>
  postForFile(
    cookie,
    'product',
    formOf({ action: 'export_selected', _selected_action: [ids.hidden] }),
  );

/**
 * What each person is told by each request of the row that they may not see: '→' they are sent to sign in, a number, '–'
 * an answer that does not know of the row, '!' one that tells of it.
 */
const TABLE: [what: string, ask: (cookie: string) => Promise<Shown>, answers: string][] = [
  ['the list', asked(() => LIST), '→ 403 403 – – !'],
  ['a search', asked(() => `${LIST}?q=Zebra`), '→ 403 403 – – !'],
  ['a lookup', asked(() => `${LIST}?name__startswith=Zebra`), '→ 403 403 – – !'],
  ['a lookup of the id', asked(() => `${LIST}?id__exact=${ids.hidden}`), '→ 403 403 – – !'],
  ['a lookup through a key', asked(() => `${LIST}?parent__name=Zebra`), '→ 403 403 400 400 400'],
  ['a filter', asked(() => `${LIST}?parent__id__exact=${ids.hidden}`), '→ 403 403 – – !'],
  [
    'choices of a filter',
    asked(() => `${LIST}?_find_parent=Zeb&_find_name=Zeb`),
    '→ 403 403 – – !',
  ],
  [
    'choices of another’s',
    asked(() => '/admin/shop/leaflet/?_find_product=Zeb'),
    '→ 403 403 – – !',
  ],
  [
    'a filter through lines',
    asked(() => `/admin/shop/line/?product__id__exact=${ids.hidden}`),
    '→ 403 403 – – !',
  ],
  ['the hierarchy of dates', asked(() => `${LIST}?born__year=1999`), '→ 403 403 – – !'],
  ['sorting', asked(() => `${LIST}?o=-2.3&all=`), '→ 403 403 – – !'],
  ['counts of filters', asked(() => `${LIST}?_facets=True`), '→ 403 403 – – !'],
  ['a search while typing', asked(() => `${AUTOCOMPLETE}&term=Zebra`), '→ 403 403 – – !'],
  ['the export', asked(() => `${LIST}export/?name__startswith=Zebra`), '→ 403 403 – – !'],
  ['a file of ticked rows', ticked, '→ 403 403 – – !'],
  ['an import', importOf, '→ 403 403 403 – !'],
  [
    'the form of an order',
    asked(() => `/admin/shop/order/${ids.order}/change/`),
    '→ 403 403 – – !',
  ],
  ['a form with a choice', asked(() => '/admin/shop/leaflet/add/'), '→ 403 403 403 – !'],
  ['an id in the address', asked(() => `${LIST}add/?parent=${ids.hidden}`), '→ 403 403 403 – !'],
  [
    'the dialog',
    asked(() => `/admin/related/?model=shop.product&id=${ids.hidden}`),
    '→ 403 403 404 404 !',
  ],
  ['its form', asked(() => `${LIST}${ids.hidden}/change/`), '→ 403 403 404 404 !'],
  ['its history', asked(() => `${LIST}${ids.hidden}/history/`), '→ 403 403 404 404 !'],
  ['its deletion', asked(() => `${LIST}${ids.hidden}/delete/`), '→ 403 403 403 404 !'],
];

/** Requests that would write; nobody but a superuser, who is not asked here, comes to anything. */
const WRITES: [what: string, ask: (cookie: string) => Promise<Shown>, answers: string][] = [
  [
    'its form',
    sent('save', () => ({ ...UNTOUCHED, _id: ids.hidden, name: 'Taken' })),
    '→ 403 403 404 404',
  ],
  ['its deletion', sent('delete', () => ({ _id: ids.hidden, post: 'yes' })), '→ 403 403 403 404'],
  [
    'a copy of it',
    sent('save', () => ({ ...UNTOUCHED, _id: ids.hidden, name: 'Taken', _saveasnew: 'x' })),
    '→ 403 403 404 404',
  ],
  [
    'another that is not theirs',
    sent('save', () => ({ ...UNTOUCHED, _id: ids.other, name: 'Taken' })),
    '→ 403 403 403 403',
  ],
  [
    'its id in a field',
    sent('save', () => ({ ...UNTOUCHED, name: 'Taken', parent: ids.hidden })),
    '→ 403 403 403 –',
  ],
  [
    'the dialog',
    sent('saveRelated', () => ({ _id: ids.hidden, 'related-name': 'Taken' })),
    '→ 403 403 404 404',
  ],
  [
    'an action',
    sent('list', () => ({ action: 'mark_sent', _selected_action: ids.hidden })),
    '→ 403 403 – –',
  ],
  [
    'the deletion of ticked ones',
    sent('list', () => ({ action: 'delete_selected', _selected_action: ids.hidden, post: 'yes' })),
    '→ 403 403 – –',
  ],
  [
    'the list itself',
    sent('editList', () => ({
      'form-TOTAL_FORMS': '1',
      'form-INITIAL_FORMS': '1',
      'form-0-id': ids.hidden,
      'form-0-price': '1',
      'form-0-born': '',
      'form-0-status': 'draft',
      _save: 'x',
    })),
    '→ 403 403 – –',
  ],
];

function told({ status, location, texts }: Shown): string {
  if (location?.includes('/accounts/login/')) return '→';
  if (status >= 400) return String(status);
  return /quagga|7777\.77|July 1999/.test(texts.join('\n')) ? '!' : '–';
}

const rows = () => modelOf('product').findMany({ orderBy: { id: 'asc' } });

async function answersTo(ask: (cookie: string) => Promise<Shown>, people: readonly Person[]) {
  const answers: string[] = [];
  for (const person of people) answers.push(told(await ask(cookies[person])));
  return answers.join(' ');
}

describe('of a row that somebody may not see, nothing is told', () => {
  it.each(TABLE)('by %s', async (_what, ask, answers) => {
    expect(await answersTo(ask, PERSONS)).toBe(answers);
  });

  it.each(WRITES)('and nothing is written by %s', async (_what, ask, answers) => {
    const before = await rows();
    const others = PERSONS.filter((person) => person !== 'superuser');
    expect(await answersTo(ask, others)).toBe(answers);
    expect(await rows()).toEqual(before);
  });
});
