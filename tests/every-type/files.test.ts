import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { deleteRows } from '@/lib/contrib/admin/deletion/deletion';
import { saveObject } from '@/lib/contrib/admin/form/save';
import { fieldByFormName } from '@/lib/contrib/admin/meta';
import type { ModelAdmin } from '@/lib/contrib/admin/options';
import type { RowId } from '@/lib/forms/row-id';
import { formOf } from '@/tests/support/admin/object-forms';
import { requestOf } from '@/tests/support/admin/staff';
import {
  add,
  admin,
  emptyEveryType,
  everyTypeAdmin,
  everyTypeScreens,
  FULL,
} from '@/tests/support/every-type/forms';
import { drawn, sendOrder } from '@/tests/support/every-type/orders';
import { modelOf } from '@/tests/support/every-type/site';
import { mediaFiles, mediaFolder } from '@/tests/support/files/media-folder';
import { fileOf, png } from '@/tests/support/files/pictures';

beforeAll(everyTypeAdmin);
beforeAll(mediaFolder);
beforeEach(async () => {
  await modelOf('leaflet').deleteMany();
  await emptyEveryType();
});

// A product with its leaflet in it, which names a file.
function screens(options: Partial<ModelAdmin['options']> = {}): ModelAdmin {
  const own = everyTypeScreens('shop.product');
  const fieldsets = [{ title: null, fields: ['name', 'price'] }];
  const inline = { kind: 'stacked', model: 'shop.leaflet', options: {} } as const;
  return {
    ...own,
    meta: own.meta,
    options: { ...own.options, fieldsets, inlines: [inline], ...options },
  };
}

async function send(id: RowId, more: Record<string, string | File>, own = screens()) {
  const form = formOf(await drawn(own, id));
  for (const [name, value] of Object.entries(more)) form.set(name, value);
  return saveObject(own, requestOf(admin()), { id, form, isFresh: true });
}

async function scanOf(product: RowId): Promise<unknown> {
  const [leaflet] = await modelOf('leaflet').findMany({ where: { productId: product } });
  return leaflet?.['scan'];
}

describe('a file in a line of a form', () => {
  it('is kept, replaced, cleared and deleted with the line', async () => {
    const product = await add('shop.product', { ...FULL });
    const line = { 'leaflet-0-text': 'Read', 'leaflet-0-scan': fileOf('a.png', png(1, 1)) };
    expect(await send(product, line)).toMatchObject({ kind: 'saved' });
    const first = await scanOf(product);
    expect(first).toMatch(/^scans\/\d{4}\/a_\w+\.png$/);
    expect(await mediaFiles()).toEqual([first]);
    await send(product, { 'leaflet-0-scan': fileOf('b.png', png(2, 2)) });
    const second = await scanOf(product);
    expect(await mediaFiles()).toEqual([second]);
    await send(product, { 'leaflet-0-scan-clear': 'on' });
    expect(await scanOf(product)).toBe('');
    expect(await mediaFiles()).toEqual([]);
    await send(product, { 'leaflet-0-scan': fileOf('c.png', png(3, 3)) });
    expect(await mediaFiles()).toHaveLength(1);
    await send(product, { 'leaflet-0-DELETE': 'on' });
    expect(await mediaFiles()).toEqual([]);
  });

  it('makes a line of an empty one, and is refused at its name', async () => {
    const product = await add('shop.product', { ...FULL });
    const line = { 'leaflet-0-text': '', 'leaflet-0-scan': fileOf('a.png', png(1, 1)) };
    const lone = await send(product, line);
    expect(lone).toMatchObject({ errors: { 'leaflet-0-text': ['This field is required.'] } });
    const wrong = { 'leaflet-0-text': 'x', 'leaflet-0-scan': fileOf('a.gif', 'GIF89a') };
    expect(await send(product, wrong)).toMatchObject({
      errors: { 'leaflet-0-scan': [expect.stringMatching(/^File extension “gif”/)] },
    });
    expect(await mediaFiles()).toEqual([]);
  });

  it('is not kept where the form around it is refused or fails', async () => {
    const product = await add('shop.product', { ...FULL });
    const line = { 'leaflet-0-text': 'Read', 'leaflet-0-scan': fileOf('a.png', png(1, 1)) };
    const refusing = screens({ clean: async () => ({ name: ['No.'] }) });
    expect(await send(product, line, refusing)).toMatchObject({ kind: 'refused' });
    const failing = screens({ saved: () => Promise.reject(new Error('Not now.')) });
    await expect(send(product, line, failing)).rejects.toThrow('Not now.');
    expect(await mediaFiles()).toEqual([]);
    expect(await scanOf(product)).toBeUndefined();
  });

  it('goes with the row that its own hangs on, and its name fits the column', async () => {
    const product = await add('shop.product', { ...FULL });
    const file = fileOf(`${'long'.repeat(20)}.png`, png(1, 1));
    await send(product, { 'leaflet-0-text': 'Read', 'leaflet-0-scan': file });
    const scan = String(await scanOf(product));
    expect(scan.length).toBeLessThanOrEqual(40);
    expect(scan).toMatch(/\.png$/);
    expect(await mediaFiles()).toEqual([scan]);
    await deleteRows(everyTypeScreens('shop.product'), [product], requestOf(admin()));
    expect(await modelOf('leaflet').count()).toBe(0);
    expect(await mediaFiles()).toEqual([]);
  });

  it('is none in a column that is never null', async () => {
    const product = await add('shop.product', { ...FULL });
    await sendOrder(
      screens(),
      { ...(await drawn(screens(), product)), 'leaflet-0-text': 'x' },
      {
        id: product,
      },
    );
    expect(await scanOf(product)).toBe('');
    expect(fieldByFormName(everyTypeScreens('shop.leaflet').meta, 'scan')).toMatchObject({
      file: { uploadTo: 'scans/%Y/' },
    });
  });
});
