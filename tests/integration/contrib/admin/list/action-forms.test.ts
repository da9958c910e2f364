import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { POST } from '@/app/(admin)/admin/[app]/[model]/action/route';
import { actionWithForm } from '@/lib/contrib/admin/action/with-form';
import { offeredActions } from '@/lib/contrib/admin/actions';
import { modelForm } from '@/lib/contrib/admin/form/model-form';
import type { ModelAdmin } from '@/lib/contrib/admin/options';
import type { User } from '@/lib/contrib/auth/models';
import { db } from '@/lib/db/client';
import { exportSelected } from '@/lib/extras/export/export-selected';
import { post, told } from '@/tests/support/admin/list-form';
import { formOf } from '@/tests/support/admin/object-forms';
import { makeStaff, makeSuperuser, requestOf, screens } from '@/tests/support/admin/staff';
import { freshDatabase } from '@/tests/support/database';
import { answerOf } from '@/tests/support/plain-source';
import { browserOf } from '@/tests/support/server-call';

const ORIGIN = 'http://localhost:3000';
const TitleForm = modelForm('articles.article', { fields: ['title'] });

let root: User;
let ids: string[];

beforeAll(freshDatabase);
beforeAll(async () => {
  root = await makeSuperuser();
});
beforeEach(async () => {
  await db.article.deleteMany();
  ids = [];
  for (const title of ['One', 'Two', 'Three']) {
    const now = new Date();
    const data = { title, body: '=1+1', isPublished: false, created: now, modified: now };
    ids.push(String((await db.article.create({ data })).id));
  }
});

function articles(isGrant = false): ModelAdmin {
  const own = screens('articles.article');
  const rename = actionWithForm({
    ...{ name: 'rename', label: 'Rename', permission: 'change', isGrant },
    form: () => TitleForm,
    run: async ({ tx, ids: chosen, values }) => {
      await tx.article.updateMany({ where: { id: { in: [...chosen] } }, data: values });
      return { level: 'success', text: `Renamed ${chosen.length}.` };
    },
  });
  const options = { ...own.options, actions: [rename], fileActions: [exportSelected] };
  return { ...own, meta: own.meta, options: options as ModelAdmin['options'] };
}

const titles = async () =>
  (await db.article.findMany({ orderBy: { id: 'asc' } })).map(({ title }) => title);

describe('an action with a form of its own', () => {
  it('asks first, with the rows that are ticked, and does nothing yet', async () => {
    const ticked = { action: 'rename', _selected_action: ids.slice(0, 2) };
    expect(await post(root, ticked, articles())).toMatchObject({
      ...{ kind: 'form', action: { name: 'rename' }, ids: ids.slice(0, 2).map(Number) },
      state: { values: { title: '' }, fieldErrors: {} },
    });
    expect(await titles()).toEqual(['One', 'Two', 'Three']);
  });

  it('says at its fields what is wrong, with what was typed, and does nothing', async () => {
    const sent = { action: 'rename', _selected_action: ids.join(','), post: 'yes' };
    const empty = await post(root, { ...sent, title: ' ' }, articles());
    expect(empty).toMatchObject({
      ...{ kind: 'form', ids: ids.map(Number) },
      state: { fieldErrors: { title: ['This field is required.'] } },
    });
    const long = 'x'.repeat(201);
    expect(await post(root, { ...sent, title: long }, articles())).toMatchObject({
      ...{ kind: 'form', state: { values: { title: long } } },
    });
    expect(await titles()).toEqual(['One', 'Two', 'Three']);
  });

  it('is taken with the values of its schema once it is right', async () => {
    const sent = { action: 'rename', _selected_action: `${ids[0]},${ids[2]}`, post: 'yes' };
    expect((await told(root, { ...sent, title: ' New ' }, articles())).text).toBe('Renamed 2.');
    expect(await titles()).toEqual(['New', 'Two', 'New']);
  });

  it('is for who has its permission, whatever is sent', async () => {
    const viewer = await makeStaff('articles.view_article');
    const sent = { action: 'rename', _selected_action: ids, post: 'yes', title: 'Forged' };
    expect((await told(viewer, sent, articles())).text).toBe('No action selected.');
    expect(await titles()).toEqual(['One', 'Two', 'Three']);
  });

  it('that gives a right asks with it who one is, and keeps what was typed', async () => {
    const sent = { action: 'rename', _selected_action: ids, post: 'yes', title: 'Given' };
    expect(await post(root, sent, articles(true), false)).toMatchObject({
      ...{ kind: 'form', isStale: true, state: { values: { title: 'Given' } } },
    });
    expect(await titles()).toEqual(['One', 'Two', 'Three']);
    expect((await told(root, sent, articles(true))).text).toBe('Renamed 3.');
  });
});

describe('an action whose answer is a file', () => {
  type Sent = { action?: string; _selected_action?: string[]; _query?: string };
  async function send(user: User, fields: Sent, headers = {}) {
    const request = new Request(`${ORIGIN}/admin/articles/article/action/`, {
      method: 'POST',
      body: formOf({ ...fields }),
      headers: {
        ...{ host: 'localhost:3000', origin: ORIGIN, cookie: await browserOf(user) },
        ...headers,
      },
    });
    const params = Promise.resolve({ app: 'articles', model: 'article' });
    const { value } = await answerOf(request, 'handler', () => POST(request, { params }));
    if (!(value instanceof Response)) throw new Error('The handler answers with a response.');
    return { status: value.status, headers: value.headers, text: await value.text() };
  }

  it('holds the ticked rows, as a download', async () => {
    const sent = { action: 'export_as_json', _selected_action: ids.slice(1) };
    const { status, headers, text } = await send(root, sent);
    expect(status).toBe(200);
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-type': 'application/json',
      'content-disposition': 'attachment; filename="articles.json"',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
    const rows: { title: string }[] = JSON.parse(text);
    expect(rows.map(({ title }) => title)).toEqual(['Two', 'Three']);
  });

  it('leads back to the list where nothing is ticked, or there is no such action', async () => {
    for (const fields of [
      { action: 'export_as_json', _query: 'q=One' },
      { action: 'publish', _selected_action: ids, _query: 'q=One' },
      { _query: 'q=One' },
    ]) {
      const { status, headers } = await send(root, fields);
      expect([status, headers.get('location')]).toEqual([302, '/admin/articles/article/?q=One']);
    }
  });

  it('is for who may see the rows, and from our own pages alone', async () => {
    const sent = { action: 'export_as_json', _selected_action: ids };
    expect((await send(await makeStaff('auth.view_user'), sent)).status).toBe(403);
    expect((await send(await makeStaff('articles.view_article'), sent)).status).toBe(200);
    expect((await send(root, sent, { origin: 'https://evil.example' })).status).toBe(403);
  });

  it('is offered beside the others, and CSV of any model comes with the export', async () => {
    const names = (await offeredActions(articles(), root)).map(({ name, isFile }) => [
      name,
      isFile,
    ]);
    expect(names).toEqual([
      ['rename', undefined],
      ['export_selected', true],
      ['delete_selected', undefined],
    ]);
    const call = { admin: articles(), request: requestOf(root), ids: [Number(ids[1])] };
    const { content, name } = await exportSelected.file(call);
    if (typeof content === 'string' || content instanceof Uint8Array) throw new Error('Streamed.');
    let text = '';
    for await (const part of content) text += part;
    expect(name).toMatch(/^article-\d{4}-\d\d-\d\d\.csv$/);
    expect(text).toContain(`"Two","'=1+1"`);
    expect(text.trim().split('\r\n')).toHaveLength(2);
  });
});
