import { beforeAll, describe, expect, it } from 'vitest';
import { findObject } from '@/lib/contrib/admin/form/snapshot';
import { getChangeList } from '@/lib/contrib/admin/list/change-list';
import { exportCsv } from '@/lib/extras/export/export';
import {
  add,
  admin,
  everyTypeAdmin,
  everyTypeScreens,
  FULL,
  send,
} from '@/tests/support/every-type/forms';
import { modelOf } from '@/tests/support/every-type/site';

beforeAll(everyTypeAdmin);

async function listed(query: string): Promise<string[]> {
  const list = await getChangeList(
    everyTypeScreens('shop.product'),
    admin(),
    new URLSearchParams(query),
  );
  return list.rows.map(({ str }) => str);
}

describe('a list of every type', () => {
  beforeAll(async () => {
    const category = await add('shop.category', { title: 'Seats' });
    const parent = await add('shop.product', {
      ...FULL,
      name: 'Chair',
      categories: [String(category)],
    });
    await add('shop.product', {
      ...FULL,
      name: 'Stool',
      code: '',
      price: '9.99',
      status: 'draft',
      born: '2028-02-28',
      opens: '12:30',
      serial: '7',
      is_tested: 'true',
      token: 'ffffffff-0000-4000-8000-000000000000',
      address: '192.0.2.7',
      parent: String(parent),
    });
    await add('shop.product', {
      ...FULL,
      name: 'Bench',
      code: '',
      price: '10',
      status: 'sent',
      born: '',
      opens: '',
      serial: '',
      is_tested: '',
      token: 'eeeeeeee-0000-4000-8000-000000000000',
      address: '',
    });
  });

  it('shows each value as it is', async () => {
    const list = await getChangeList(
      everyTypeScreens('shop.product'),
      admin(),
      new URLSearchParams('q=Chair'),
    );
    const row = list.rows.find(({ str }) => str === 'Chair');
    const shown = Object.fromEntries(list.columns.map(({ name }, i) => [name, row?.cells[i]]));
    const values = Object.entries(shown).map(([name, cell]) => [
      name,
      cell && 'value' in cell ? cell.value : null,
    ]);
    expect(Object.fromEntries(values)).toMatchObject({
      code: 'ab',
      serial: '9007199254740993',
      weight: '0.1',
      price: '0.10',
      budget: '0.000000000000000000000000000001',
      total: '1000000000000000.0100000000',
      isOnline: true,
      isTested: false,
      listed: new Date('2028-02-29T00:00:00Z'),
      born: '29 Feb 2028',
      opens: '00:00:00',
      options: '[]',
      picture: null,
      status: 'Part paid',
      token: '0a0b0c0d-0000-4000-8000-00000000ffff',
      parent: null,
    });
  });

  it.each([
    ['price__gte=9.99', ['Stool', 'Bench']],
    ['price__lt=10', ['Chair', 'Stool']],
    ['price=0.1', ['Chair']],
    ['total__exact=1000000000000000.01&name=Chair', ['Chair']],
    ['serial__exact=9007199254740993', ['Chair']],
    ['serial__lt=100', ['Stool']],
    ['weight__gt=0.05', ['Chair', 'Stool', 'Bench']],
    ['born__gte=2028-02-29', ['Chair']],
    ['born__exact=2028-02-28', ['Stool']],
    ['born__year=2028', ['Chair', 'Stool']],
    ['born__year__gt=2028', []],
    ['born__isnull=True', ['Bench']],
    ['opens__exact=00:00', ['Chair']],
    ['opens__gt=00:00', ['Stool']],
    ['status__exact=part+paid', ['Chair']],
    ['status__in=sent,draft', ['Stool', 'Bench']],
    ['status__exact=unknown', []],
    ['is_tested__exact=1', ['Stool']],
    ['is_tested__isnull=True', ['Bench']],
    ['token=ffffffff-0000-4000-8000-000000000000', ['Stool']],
    ['address__startswith=192', ['Stool']],
    ['code__exact=ab', ['Chair']],
    ['code__isnull=False', ['Chair']],
    ['mask__exact=101&name=Bench', ['Bench']],
    ['shelf__exact=-32768', ['Chair', 'Stool', 'Bench']],
    ['parent__isnull=False', ['Stool']],
    ['categories__isnull=False', ['Chair']],
    ['details__isnull=True', []],
    ['q=stool', ['Stool']],
    ['q=ffffffff', ['Stool']],
    ['q=9.99', ['Stool']],
    ['q=chair', ['Chair', 'Stool']],
    ['q=192.0', ['Stool']],
  ])('is filtered by %s', async (query, names) => {
    expect(await listed(query)).toEqual(names);
  });

  it('is filtered by keys of every type', async () => {
    const [category] = await modelOf('category').findMany();
    const [chair] = await modelOf('product').findMany({ where: { name: 'Chair' } });
    expect(await listed(`categories__id__exact=${category?.['id']}`)).toEqual(['Chair']);
    expect(await listed(`parent__id__exact=${chair?.['id']}`)).toEqual(['Stool']);
    expect(await listed(`id__exact=${chair?.['id']}`)).toEqual(['Chair']);
  });

  it.each([
    'price=much',
    'serial=1.5',
    'born=yesterday',
    'opens=late',
    'token=x',
    'details=1',
    'born__year=x',
    'price__contains=1',
    'token__gt=ffffffff-0000-4000-8000-000000000000',
    'circle=1',
    'picture=1',
  ])('answers %s as a query that makes no sense', async (query) => {
    await expect(listed(query)).rejects.toMatchObject({ name: 'IncorrectLookup' });
  });

  it('offers what there is to filter by', async () => {
    const list = await getChangeList(
      everyTypeScreens('shop.product'),
      admin(),
      new URLSearchParams(),
    );
    const offered = Object.fromEntries(
      list.filters.map(({ title, choices }) => [title, choices.map(({ label }) => label)]),
    );
    expect(offered).toMatchObject({
      status: ['All', 'Draft', 'Sent', 'Part paid'],
      price: ['All', '0.10', '9.99', '10.00'],
      'is tested': ['All', 'Yes', 'No', 'None'],
      serial: ['All', '7', '9007199254740993', 'None'],
      opens: ['All', '00:00:00', '12:30:00', 'None'],
      born: ['Any date', 'Today', 'Past 7 days', 'This month', 'This year', 'No date', 'Has date'],
    });
    for (const { choices } of list.filters) {
      for (const { query } of choices) await listed(query.replace(/^\?/, ''));
    }
  });

  it.each([
    'born',
    'opens',
    'price',
    'serial',
    'weight',
    'status',
    'token',
    'parent',
    'isTested',
    'listed',
    'total',
    'address',
    'flags',
  ])('is sorted by %s, up and down', async (name) => {
    const list = await getChangeList(
      everyTypeScreens('shop.product'),
      admin(),
      new URLSearchParams(),
    );
    const at = list.columns.findIndex((column) => column.name === name) + 1;
    const [up, down] = [await listed(`o=${at}`), await listed(`o=-${at}`)];
    expect([up.length, new Set(up).size, new Set(down).size]).toEqual([3, 3, 3]);
    const known: Record<string, string[]> = {
      price: ['Chair', 'Stool', 'Bench'],
      status: ['Stool', 'Bench', 'Chair'],
      token: ['Chair', 'Bench', 'Stool'],
    };
    if (known[name]) expect([up, down]).toEqual([known[name], known[name].toReversed()]);
  });

  it('is a file from which each value can be read again', async () => {
    const lines: string[] = [];
    for await (const part of await exportCsv(
      everyTypeScreens('shop.product'),
      admin(),
      new URLSearchParams('name=Chair'),
    ))
      lines.push(part);
    const [head = [], values = []] = parseCsv(lines.join('').replace('\ufeff', ''));
    const cells = Object.fromEntries(head.map((name, i) => [name, values[i] ?? '']));
    for (const [name, sent] of Object.entries(FULL)) {
      if (name.startsWith('listed') || name.startsWith('whole') || name === 'name') continue;
      const want = name === 'details' ? JSON.parse(String(sent)) : sent;
      const got = name === 'details' ? JSON.parse(cells[name] ?? '') : cells[name];
      const same: Record<string, string> = {
        total: '1000000000000000.0100000000',
        opens: '00:00:00',
      };
      expect([name, got]).toEqual([name, same[name] ?? want]);
    }
    expect(cells['listed']).toBe('2028-02-29T00:00:00.000Z');
  });
});

describe('ids and names that PostgreSQL takes for no text', () => {
  const found = async (key: string, query: string) => {
    const { rows } = await getChangeList(
      everyTypeScreens(key),
      admin(),
      new URLSearchParams(query),
    );
    return rows.map(({ str }) => str);
  };
  const bin = (host: string) => send('shop.bin', { title: `of ${host}`, host });

  beforeAll(async () => {
    for (const [id, mask] of [
      ['192.0.2.7', '101'],
      ['2001:db8::1', '111'],
    ]) {
      await modelOf('host').create({ data: { id, mask } });
    }
    await add('shop.bin', { title: 'Bin', host: '192.0.2.7' });
  });

  it('name a row, and none where they are of another form', async () => {
    for (const id of ['192.0.2.7', '2001:db8::1']) {
      expect(await findObject(admin(), everyTypeScreens('shop.host'), id)).toMatchObject({ id });
    }
    for (const id of ['x', '1', '300.1.1.1', '192.0.2.7/99', '192.0.2.7/', '101']) {
      expect([id, await findObject(admin(), everyTypeScreens('shop.host'), id)]).toEqual([
        id,
        null,
      ]);
    }
    expect(await findObject(admin(), everyTypeScreens('shop.bin'), '32768')).toBeNull();
  });

  it('are chosen in a form', async () => {
    for (const host of ['111', '2001:db8::1']) {
      expect(await bin(host)).toMatchObject({ kind: 'saved' });
    }
    for (const host of ['x', '10', '300.1.1.1', '1011']) {
      expect(await bin(host)).toMatchObject({
        kind: 'refused',
        errors: { host: [expect.any(String)] },
      });
    }
    expect(await found('shop.bin', 'host__id__exact=2001:db8::1&o=1')).toHaveLength(2);
  });

  it('are sought, and found as they are shown', async () => {
    expect(await found('shop.bin', 'host__id__exact=192.0.2.7')).toEqual(['Bin']);
    expect(await found('shop.bin', 'host__id__exact=x')).toEqual([]);
    expect(await found('shop.bin', 'id__exact=32768')).toEqual([]);
    expect(await found('shop.product', 'shelf__gt=32768')).toEqual([]);
    expect(await found('shop.product', 'address__exact=192.0.2.7')).toEqual(['Stool']);
    expect(await found('shop.host', 'q=192.0')).toEqual(['host 192.0.2.7']);
  });
});

function parseCsv(text: string): string[][] {
  return text
    .trim()
    .split('\r\n')
    .map((line) =>
      [...line.matchAll(/"((?:[^"]|"")*)"/g)].map(([, cell = '']) => cell.replaceAll('""', '"')),
    );
}
