import { beforeAll, beforeEach, expect, it } from 'vitest';
import { objectHistory } from '@/lib/contrib/admin/history';
import { getChangeList } from '@/lib/contrib/admin/list/change-list';
import { hasUnsavedRows, saveList } from '@/lib/contrib/admin/list/editable/save-list';
import type { ModelAdmin } from '@/lib/contrib/admin/options';
import type { User } from '@/lib/contrib/auth/models';
import { Prisma } from '@/lib/db/client';
import { formOf } from '@/tests/support/admin/object-forms';
import { makeStaff, requestOf } from '@/tests/support/admin/staff';
import {
  admin,
  emptyEveryType,
  everyTypeAdmin,
  everyTypeScreens,
  type Sent,
} from '@/tests/support/every-type/forms';
import { modelOf } from '@/tests/support/every-type/site';

beforeAll(everyTypeAdmin);
beforeEach(emptyEveryType);

const EDITABLE = ['price', 'status', 'code'];

function screens(options: Partial<ModelAdmin['options']> = {}): ModelAdmin {
  const found = everyTypeScreens('shop.product');
  const listed = { listDisplay: ['name', ...EDITABLE], listEditable: EDITABLE, ordering: ['id'] };
  return { ...found, meta: found.meta, options: { ...found.options, ...listed, ...options } };
}

async function makeProducts(...names: string[]): Promise<bigint[]> {
  const ids: bigint[] = [];
  for (const name of names) {
    const made = await modelOf('product').create({ data: { name, note: '', price: '0.10' } });
    ids.push(made['id'] as bigint);
  }
  return ids;
}

async function drawn(of = screens(), user: User = admin()): Promise<Sent> {
  const { edits } = await getChangeList(of, user, new URLSearchParams());
  return { ...edits?.values };
}

const send = (sent: Sent, { of = screens(), by = admin(), isFresh = true } = {}) =>
  saveList(of, requestOf(by), { form: formOf(sent), isFresh });

const prices = async () =>
  (await modelOf('product').findMany({ orderBy: { id: 'asc' } })).map(({ price }) => String(price));

async function messages(id: bigint): Promise<string[]> {
  const { entries } = await objectHistory(screens(), id, 1);
  return entries.map(({ changeMessage }) => changeMessage);
}

it('has the names that Django gives, and saves the rows that changed, each with its entry', async () => {
  const [one, two] = await makeProducts('Chair', 'Stool');
  if (one === undefined || two === undefined) throw new Error('Nothing was made.');
  const sent = await drawn();
  expect(sent).toMatchObject({
    'form-TOTAL_FORMS': '2',
    'form-INITIAL_FORMS': '2',
    'form-0-id': String(one),
    'form-0-price': '0.10',
    'form-1-status': 'draft',
  });
  const saved = await send({ ...sent, 'form-1-price': '9.99', 'form-1-status': 'part paid' });
  expect(saved).toEqual({ kind: 'saved', count: 1, notes: [], review: null });
  expect(await prices()).toEqual(['0.1', '9.99']);
  expect(await messages(one)).toEqual([]);
  expect(await messages(two)).toEqual(['[{"changed": {"fields": ["Price", "Status"]}}]']);
  expect(await send(await drawn())).toMatchObject({ count: 0 });
});

it('saves nothing where one row is wrong, and says at which field', async () => {
  await makeProducts('Chair', 'Stool');
  const sent = await drawn();
  const wrong = { ...sent, 'form-0-price': '5', 'form-1-price': '0.105' };
  expect(await send(wrong)).toEqual({
    kind: 'refused',
    errors: { 'form-1-price': ['Ensure that there are no more than 2 decimal places.'] },
  });
  expect(await send({ ...sent, 'form-0-code': 'ab', 'form-1-code': 'ab' })).toMatchObject({
    errors: {
      form: ['Please correct the duplicate data for code.'],
      'form-1': ['Please correct the duplicate values below.'],
    },
  });
  const [third] = await makeProducts('Bench');
  await modelOf('product').update({ where: { id: third }, data: { code: 'cd' } });
  expect(await send({ ...sent, 'form-0-code': 'cd' })).toMatchObject({
    errors: { 'form-0-code': ['Product with this Code already exists.'] },
  });
  for (const total of ['', 'x', '999999999']) {
    const odd = await send({ ...sent, 'form-TOTAL_FORMS': total });
    expect(Object.keys(odd.kind === 'refused' ? odd.errors : {})).toEqual(['form']);
  }
  expect(await prices()).toEqual(['0.1', '0.1', '0.1']);
});

it('does not overwrite what somebody else has changed, or bring back what is gone', async () => {
  const [one, two] = await makeProducts('Chair', 'Stool');
  const sent = await drawn();
  await send({ ...sent, 'form-0-price': '3' });
  await modelOf('product').deleteMany({ where: { id: two } });
  const hers = { ...sent, 'form-0-price': '4' };
  const told = await send(hers);
  if (told.kind !== 'conflict') throw new Error(told.kind);
  expect(told.rows.map(({ row, by }) => [row?.id, by.map(({ id }) => id)])).toEqual([
    [one, [admin().id]],
    [undefined, []],
  ]);
  expect(await prices()).toEqual(['3']);
  const again = { ...hers, 'form-0-_version': told.rows[0]?.version ?? '', 'form-1-id': '' };
  expect(await send(again)).toMatchObject({ count: 1 });
  expect(await prices()).toEqual(['4']);
});

it('changes only what who asks may see and change', async () => {
  const [one, two] = await makeProducts('Chair', 'Stool');
  const sent = {
    ...(await drawn()),
    'form-0-price': '7',
    'form-1-price': '8',
    'form-1-stock': '9',
  };
  const viewer = await makeStaff('shop.view_product' as never);
  expect(await drawn(screens(), viewer)).toEqual({});
  expect(await send(sent, { by: viewer })).toMatchObject({ kind: 'saved', count: 0 });
  const seen = screens({ getQueryset: () => Prisma.sql`t.id <> ${one}` });
  expect(await send(sent, { of: seen })).toMatchObject({ kind: 'conflict' });
  const own = screens({ hasChangePermission: (_user, row) => row === undefined || row.id === two });
  expect(Object.keys(await drawn(own)).filter((name) => name.endsWith('-id'))).toEqual([
    'form-0-id',
  ]);
  expect(await send(sent, { of: own })).toMatchObject({ kind: 'saved', count: 1 });
  expect(await modelOf('product').findMany({ orderBy: { id: 'asc' } })).toMatchObject([
    { price: new Prisma.Decimal('0.1') },
    { price: new Prisma.Decimal(8), stock: 7 },
  ]);
});

it('reads ids that are no text for PostgreSQL', async () => {
  const found = everyTypeScreens('shop.host');
  const listed = { listDisplay: ['id', 'mask'], listEditable: ['mask'] };
  const of = { ...found, meta: found.meta, options: { ...found.options, ...listed } };
  await modelOf('host').create({ data: { id: '192.0.2.7', mask: '101' } });
  const sent = await drawn(of);
  for (const id of ['x', '300.1.1.1', '']) {
    const forged = { ...sent, 'form-0-id': id, 'form-0-mask': '111' };
    expect([id, await send(forged, { of })]).toMatchObject([id, { kind: 'saved', count: 0 }]);
  }
  expect(await send({ ...sent, 'form-0-mask': '111' }, { of })).toMatchObject({ count: 1 });
});

it('asks who one is where a row gives somebody a right', async () => {
  await makeProducts('Chair');
  const of = screens({ isGrant: () => true });
  const sent = { ...(await drawn(of)), 'form-0-price': '7' };
  expect(await send(sent, { of, isFresh: false })).toEqual({ kind: 'stale sign-in' });
  expect(await prices()).toEqual(['0.1']);
});

it('tells of each row once, though a deadlock has it write them again', async () => {
  const ids = await makeProducts('Chair', 'Stool');
  let runs = 0;
  const saved = async () => {
    runs += 1;
    if (runs === 2) throw Object.assign(new Error('deadlock detected'), { code: 'P2034' });
    return null;
  };
  const sent = { ...(await drawn()), 'form-0-price': '7', 'form-1-price': '8' };
  const told: unknown[] = [];
  const written = ({ id }: { id: unknown }) => told.push(id);
  const wanted = { form: formOf(sent), isFresh: true, written };
  await saveList(screens({ saved }), requestOf(admin()), wanted);
  expect([runs, told]).toEqual([4, ids]);
});

it('takes no text of several lines for changed that a browser sends as it was', async () => {
  const [one] = await makeProducts('Chair', 'Stool');
  await modelOf('product').update({ where: { id: one }, data: { motto: 'Sit\ndown' } });
  const of = screens({ listDisplay: ['name', 'motto'], listEditable: ['motto'] });
  const sent = { ...(await drawn(of)), 'form-0-motto': 'Sit\r\ndown' };
  expect(await hasUnsavedRows(of, requestOf(admin()), formOf(sent))).toBe(false);
  expect(await send(sent, { of })).toMatchObject({ kind: 'saved', count: 0 });
  const changed = { ...sent, 'form-0-motto': 'Sit\r\nup' };
  expect(await send(changed, { of })).toMatchObject({ count: 1 });
});

it('knows what is not saved yet before an action is taken', async () => {
  await makeProducts('Chair');
  const sent = await drawn();
  const isUnsaved = (form: Sent) => hasUnsavedRows(screens(), requestOf(admin()), formOf(form));
  expect(await isUnsaved(sent)).toBe(false);
  expect(await isUnsaved({ ...sent, 'form-0-price': '7' })).toBe(true);
  expect(await isUnsaved({ ...sent, 'form-0-price': 'x' })).toBe(true);
});
