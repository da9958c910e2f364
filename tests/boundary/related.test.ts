import { beforeAll, describe, expect, it } from 'vitest';
import { saveAction, saveRelatedAction } from '@/app/(admin)/admin/[app]/[model]/[id]/actions';
import { GET } from '@/app/(admin)/admin/related/route';
import type { User } from '@/lib/contrib/auth/models';
import { db } from '@/lib/db/client';
import { emptyFormState, type FormState } from '@/lib/forms/forms';
import { formOf } from '@/tests/support/admin/object-forms';
import { makeStaff, makeSuperuser } from '@/tests/support/admin/staff';
import { freshDatabase } from '@/tests/support/database';
import { answerOf } from '@/tests/support/plain-source';
import { browserOf } from '@/tests/support/server-call';
import { browser } from './browser';
import { ORIGIN } from './probe';

const LIST = '/admin/articles/article/';

let root: User;
let viewer: User;

beforeAll(freshDatabase);
beforeAll(async () => {
  root = await makeSuperuser();
  viewer = await makeStaff('articles.view_article');
});

async function add(fields: Record<string, string>, by = root) {
  const form = formOf({ _model: 'articles.article', title: 'T', body: 'B', _save: 'x', ...fields });
  return browser(await browserOf(by)).send(() => saveAction(emptyFormState, form));
}

async function saveInDialog(fields: Record<string, string>, by = root) {
  const form = formOf({ _model: 'articles.article', ...fields });
  const { status, value } = await browser(await browserOf(by)).send(() =>
    saveRelatedAction(emptyFormState, form),
  );
  return { status, state: value as FormState };
}

async function ask(query: string, by = root) {
  const request = new Request(`${ORIGIN}/admin/related/?${query}`, {
    headers: { host: 'localhost:3000', cookie: await browserOf(by) },
  });
  const { value } = await answerOf(request, 'handler', () =>
    GET(request, { params: Promise.resolve({}) }),
  );
  if (!(value instanceof Response)) throw new Error('The handler answers with a response.');
  return value;
}

const newest = () => db.article.findFirstOrThrow({ orderBy: { id: 'desc' } });

describe('a page that was opened beside a field', () => {
  it('leads back with the row in that field, and nowhere outside', async () => {
    const next = '/admin/shop/line/add/?a=1&article=0';
    const { location } = await add({ next, _related: 'article' });
    const { id } = await newest();
    expect(location).toBe(`/admin/shop/line/add/?a=1&article=${id}`);
    expect((await add({ next: '/admin/x/', _related: 'a b' })).location).toBe('/admin/x/');
    for (const outside of ['https://evil.example/', '//evil.example', '/\\evil.example', '']) {
      expect((await add({ next: outside, _related: 'article' })).location).toBe(LIST);
    }
    expect((await add({ next, _addanother: 'x' })).location).toBe(`${LIST}add/`);
  });
});

describe('a dialog beside a field', () => {
  it('is given the form, with names of its own, for who may add or change', async () => {
    const { view } = await (await ask('model=articles.article')).json();
    expect(Object.keys(view.values)).toContain('related-title');
    const { id } = await newest();
    const changed = await (await ask(`model=articles.article&id=${id}`)).json();
    expect(changed.view).toMatchObject({
      values: { 'related-title': 'T' },
      version: expect.stringMatching(/./),
    });
    expect((await ask('model=articles.article', viewer)).status).toBe(403);
    expect((await ask(`model=articles.article&id=${id}`, viewer)).status).toBe(403);
    expect((await ask('model=articles.article&id=999999')).status).toBe(404);
    expect((await ask('model=articles.nothing')).status).toBe(404);
    expect((await ask('model=auth.user&id=1')).status).toBe(404);
  });

  it('saves a row and says which, or says at its fields what is wrong', async () => {
    const wrong = await saveInDialog({ 'related-title': '', 'related-body': 'B' });
    expect(wrong.state.fieldErrors).toEqual({ 'related-title': ['Give the article a title.'] });
    const { state } = await saveInDialog({ 'related-title': 'Beside', 'related-body': 'B' });
    const { id } = await newest();
    expect(state.values).toEqual({ _saved: String(id), _text: 'Beside' });
    const changed = await saveInDialog({
      ...{ _id: String(id), 'related-title': 'Changed', 'related-body': 'B' },
    });
    expect(changed.state.values).toEqual({ _saved: String(id), _text: 'Changed' });
    expect((await newest()).title).toBe('Changed');
  });

  it('writes nothing for who may not, nor of a model that is added elsewhere', async () => {
    const before = await db.article.count();
    const { id } = await newest();
    expect((await saveInDialog({ 'related-title': 'T', 'related-body': 'B' }, viewer)).status).toBe(
      403,
    );
    const forged = { _id: String(id), 'related-title': 'Forged', 'related-body': 'B' };
    expect((await saveInDialog(forged, viewer)).status).toBe(403);
    const user = { _model: 'auth.user', 'related-username': 'forged' };
    expect((await saveInDialog(user)).status).toBe(404);
    expect(await db.article.count()).toBe(before);
    expect((await newest()).title).toBe('Changed');
    expect(await db.user.count({ where: { username: 'forged' } })).toBe(0);
  });
});
