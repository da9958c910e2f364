import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { GET } from '@/app/(files)/media/[...path]/route';
import type { AppLabel } from '@/lib/apps/installed';
import { overrideSettings, settings } from '@/lib/conf/settings';
import { changeForm } from '@/lib/contrib/admin/form/change-form';
import { readSnapshot } from '@/lib/contrib/admin/form/snapshot';
import type { User } from '@/lib/contrib/auth/models';
import { users } from '@/lib/contrib/auth/users/managers';
import { defaultStorage } from '@/lib/core/files/storage/default-storage';
import { db } from '@/lib/db/client';
import { makeStaff, screens } from '@/tests/support/admin/staff';
import { grant, reload } from '@/tests/support/auth/grants';
import { freshDatabase } from '@/tests/support/database';
import { mediaFolder } from '@/tests/support/files/media-folder';
import { fileOf, png } from '@/tests/support/files/pictures';
import { answerOf } from '@/tests/support/plain-source';
import { browserOf } from '@/tests/support/server-call';

const ORIGIN = 'http://localhost:3000';

let author: User;
let reader: User;
let draft: string;
let published: string;

beforeAll(freshDatabase);
beforeAll(mediaFolder);
beforeAll(async () => {
  author = await person('author', 'articles.view_article');
  reader = await person('reader', 'articles.view_article');
});
beforeEach(async () => {
  await db.article.deleteMany();
  draft = await article('a draft.png', { isPublished: false });
  published = await article('shown.png', { isPublished: true });
});

async function person(username: string, ...perms: Parameters<typeof grant>[1][]): Promise<User> {
  const user = await users.createUser({ username });
  for (const perm of perms) await grant(user, perm);
  return reload(user);
}

async function article(
  file: string,
  {
    isPublished,
    content = png(2, 2),
  }: { isPublished: boolean; content?: string | Uint8Array<ArrayBuffer> },
): Promise<string> {
  const cover = await (await defaultStorage()).save(`articles/${file}`, fileOf(file, content));
  const now = new Date();
  const data = { title: file, body: '', isPublished, cover, created: now, modified: now };
  await db.article.create({ data: { ...data, authorId: author.id } });
  return cover;
}

const cookies = new Map<number, string>();

async function cookieOf(user: User): Promise<string> {
  const cookie = cookies.get(user.id) ?? (await browserOf(user));
  cookies.set(user.id, cookie);
  return cookie;
}

async function ask(
  user: User | null,
  name: string,
  { method = 'GET', ...headers }: Record<string, string> = {},
) {
  const path = name.split('/').map(encodeURIComponent).join('/');
  const sent = new Headers({ host: 'localhost:3000', 'sec-fetch-dest': 'image', ...headers });
  if (user) sent.set('cookie', await cookieOf(user));
  const request = new Request(`${ORIGIN}/media/${path}`, {
    method,
    headers: sent,
  });
  const answer = await answerOf(request, 'handler', () =>
    GET(request, { params: Promise.resolve({ path: [] }) }),
  );
  const { value } = answer;
  if (!(value instanceof Response)) throw new Error('The handler answers with a response.');
  const { status, headers: told } = value;
  return { status, headers: told, text: await value.text(), set: answer.headers };
}

describe('a file', () => {
  it('is for whoever may see the row that names it, and there for nobody else', async () => {
    const stranger = await ask(null, published);
    expect(stranger.status).toBe(302);
    expect(stranger.headers.get('location')).toMatch(/^\/accounts\/login\/\?next=/);
    const nobody = await person('nobody');
    const staff = await makeStaff('articles.view_article');
    const otherStaff = await makeStaff('auth.view_user');
    const told = async (user: User, name: string) => (await ask(user, name)).status;
    expect(await told(author, draft)).toBe(200);
    expect(await told(reader, published)).toBe(200);
    expect(await told(reader, draft)).toBe(404);
    expect(await told(staff, draft)).toBe(200);
    expect(await told(otherStaff, draft)).toBe(404);
    expect(await told(nobody, published)).toBe(404);
    const { text, headers } = await ask(reader, draft);
    const none = await ask(reader, 'articles/none.png');
    expect([text, [...headers]]).toEqual([none.text, [...none.headers]]);
  });

  it('that no row names is for nobody, though it lies there, nor one of another folder', async () => {
    const root = await users.createSuperuser({ username: 'root' });
    const lone = await (await defaultStorage()).save('articles/lone.png', new Blob(['x']));
    for (const name of [lone, '../../etc/passwd', '/etc/passwd', 'a\0b', '..', '', 'articles']) {
      expect((await ask(root, name)).status, JSON.stringify(name)).toBe(404);
    }
    expect((await ask(root, published)).status).toBe(200);
    await db.article.deleteMany();
    expect((await ask(root, published)).status).toBe(404);
  });

  it('that a row names by hand leads nowhere outside of the storage', async () => {
    const root = await users.createSuperuser({ username: 'root2' });
    for (const cover of ['../../../etc/passwd', '/etc/passwd', '..']) {
      await db.article.updateMany({ data: { cover } });
      expect((await ask(root, cover)).status).toBe(404);
    }
  });

  it('is answered so that nothing in it runs and no cache shares it', async () => {
    const { status, headers, text, set } = await ask(author, draft);
    // Over what the middleware has set.
    expect(set.get('content-security-policy')).toBe(headers.get('content-security-policy'));
    expect([status, text.length]).toEqual([200, png(2, 2).length]);
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-type': 'image/png',
      'content-disposition': expect.stringMatching(
        /^inline; filename="a_draft\w*\.png"; filename\*=UTF-8''a%20draft\w*\.png$/,
      ),
      'content-security-policy':
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-cache',
    });
  });

  it('that is no picture is a download, whatever is in it', async () => {
    const page = { isPublished: true, content: '<script>alert(1)</script>' };
    for (const [name, type] of [
      ['page.html', 'application/octet-stream'],
      ['drawing.svg', 'application/octet-stream'],
      ['notes.txt', 'text/plain'],
      ['paper.pdf', 'application/pdf'],
      ['none', 'application/octet-stream'],
    ] as const) {
      const { headers } = await ask(reader, await article(name, page));
      expect(headers.get('content-type')).toBe(type);
      expect(headers.get('content-disposition')).toMatch(/^attachment; /);
    }
  });

  it('is not sent again to who has it, and in parts to who asks for one', async () => {
    const cover = await article('film.mp4', { isPublished: true, content: '0123456789' });
    const etag = (await ask(reader, cover)).headers.get('etag') ?? '';
    expect(await ask(reader, cover, { 'if-none-match': etag })).toMatchObject({
      status: 304,
      text: '',
    });
    const part = async (range: string, more = {}) => {
      const { status, headers, text } = await ask(reader, cover, { range, ...more });
      return [status, headers.get('content-range'), text];
    };
    expect(await part('bytes=2-4')).toEqual([206, 'bytes 2-4/10', '234']);
    expect(await part('bytes=7-')).toEqual([206, 'bytes 7-9/10', '789']);
    expect(await part('bytes=-2')).toEqual([206, 'bytes 8-9/10', '89']);
    expect(await part('bytes=5-99')).toEqual([206, 'bytes 5-9/10', '56789']);
    expect(await part('bytes=10-')).toEqual([416, 'bytes */10', '']);
    expect(await part('bytes=-0')).toEqual([416, 'bytes */10', '']);
    expect(await part('bytes=1-2,4-5')).toEqual([200, null, '0123456789']);
    expect(await part('bytes=2-4', { 'if-range': '"other"' })).toEqual([200, null, '0123456789']);
    const head = await ask(reader, cover, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length'), head.text]).toEqual([200, '10', '']);
    expect((await ask(author, draft, { 'if-none-match': '*' })).status).toBe(304);
    expect((await ask(reader, draft, { 'if-none-match': '*' })).status).toBe(404);
  });

  it('has no address while the app is out', async () => {
    const without = settings.INSTALLED_APPS.filter((label: AppLabel) => label !== 'files');
    const row = await db.article.findFirstOrThrow({ where: { cover: published } });
    await overrideSettings({ INSTALLED_APPS: without }, async () => {
      expect((await ask(reader, published)).status).toBe(404);
      const admin = screens('articles.article');
      const view = await changeForm(admin, await readSnapshot(db, admin, row.id), {
        canChange: true,
      });
      const fields = view.sections.flatMap((section) => section.fields);
      const current = { name: published.split('/')[1], url: null };
      expect(fields.find(({ name }) => name === 'cover')).toMatchObject({ widget: { current } });
    });
  });
});
