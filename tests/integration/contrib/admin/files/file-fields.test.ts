import { readFileSync } from 'node:fs';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { changeMessageText } from '@/lib/contrib/admin/change-message';
import { deleteRows } from '@/lib/contrib/admin/deletion/deletion';
import { changeForm } from '@/lib/contrib/admin/form/change-form';
import { saveObject } from '@/lib/contrib/admin/form/save';
import { readSnapshot } from '@/lib/contrib/admin/form/snapshot';
import type { ModelAdmin } from '@/lib/contrib/admin/options';
import type { User } from '@/lib/contrib/auth/models';
import { db } from '@/lib/db/client';
import { parseForm } from '@/lib/forms/forms';
import { ArticleForm } from '@/lib/site/articles/forms';
import { changeArticle, createArticle } from '@/lib/site/articles/models';
import { formOf, untouched } from '@/tests/support/admin/object-forms';
import { makeSuperuser, requestOf, screens } from '@/tests/support/admin/staff';
import { freshDatabase } from '@/tests/support/database';
import { mediaFiles, mediaFolder, mediaPath } from '@/tests/support/files/media-folder';
import { fileOf, gif, png } from '@/tests/support/files/pictures';
import { confirm, exported, look } from '@/tests/support/import/import';

let by: User;

beforeAll(freshDatabase);
beforeAll(mediaFolder);
beforeAll(async () => {
  by = await makeSuperuser();
});
beforeEach(async () => {
  const all = await db.article.findMany({ select: { id: true } });
  await deleteRows(
    screens('articles.article'),
    all.map(({ id }) => id),
    requestOf(by),
  );
  await db.logEntry.deleteMany();
  expect(await mediaFiles()).toEqual([]);
});

type Sent = Record<string, string | File>;

async function send(sent: Sent, id: number | null = null, admin = screens('articles.article')) {
  const base = id === null ? { title: 'One', body: 'Text' } : await untouched(admin, id);
  const form = formOf(base);
  for (const [name, value] of Object.entries(sent)) form.set(name, value);
  return saveObject(admin, requestOf(by), { id, form, isFresh: true });
}

async function article(sent: Sent = { cover: fileOf('me.png', png(3, 2)) }) {
  const saved = await send(sent);
  if (saved.kind !== 'saved') throw new Error(JSON.stringify(saved));
  return coverOf(Number(saved.id));
}

async function coverOf(id: number) {
  return db.article.findUniqueOrThrow({ where: { id }, select: { id: true, cover: true } });
}

/** The same screens, whose rules refuse everything, or whose last step fails. */
function refusing(options: Partial<ModelAdmin['options']>): ModelAdmin {
  const own = screens('articles.article');
  return { ...own, meta: own.meta, options: { ...own.options, ...options } };
}

async function history(id: number) {
  const entries = await db.logEntry.findMany({
    where: { objectId: String(id) },
    orderBy: { id: 'asc' },
  });
  return entries.map(({ changeMessage }) => changeMessageText(changeMessage));
}

describe('a file in a form of the admin', () => {
  it('is kept under a name of its own, which the row holds', async () => {
    const { id, cover } = await article();
    expect(cover).toMatch(/^articles\/me_[a-z0-9]{12}\.png$/);
    expect(await mediaFiles()).toEqual([cover]);
    expect(new Uint8Array(readFileSync(mediaPath(cover ?? '')))).toEqual(png(3, 2));
    const row = await readSnapshot(db, screens('articles.article'), id);
    const { sections } = await changeForm(screens('articles.article'), row, { canChange: true });
    const field = sections.flatMap(({ fields }) => fields).find(({ name }) => name === 'cover');
    expect(field).toMatchObject({
      widget: {
        kind: 'file',
        current: { name: cover?.slice(9), url: `/media/${cover}` },
        accept: '.png,.jpg,.jpeg,.gif,.webp',
        canClear: true,
      },
    });
    const read = await changeForm(screens('articles.article'), row, { canChange: false });
    expect(read.sections.flatMap(({ fields }) => fields)).toContainEqual(
      expect.objectContaining({
        texts: [cover?.slice(9)],
        link: { label: 'Open', href: `/media/${cover}` },
      }),
    );
  });

  it('stays where none is sent, as browsers do it', async () => {
    const { id, cover } = await article();
    for (const name of ['', 'undefined']) {
      const none = { title: 'Two', cover: new File([], name) };
      expect(await send(none, id)).toMatchObject({ kind: 'saved' });
    }
    expect(await coverOf(id)).toEqual({ id, cover });
    expect(await mediaFiles()).toEqual([cover]);
    expect(await history(id)).toEqual(['Added.', 'Changed Title.', 'No fields changed.']);
  });

  it('goes once it is replaced or cleared, and the history says so as Django’s', async () => {
    const { id, cover } = await article();
    await send({ cover: fileOf('me.png', png(4, 4)) }, id);
    const second = await coverOf(id);
    expect(second.cover).not.toBe(cover);
    expect(await mediaFiles()).toEqual([second.cover]);
    await send({ 'cover-clear': 'on', cover: new File([], 'undefined') }, id);
    expect(await coverOf(id)).toEqual({ id, cover: null });
    expect(await mediaFiles()).toEqual([]);
    expect(await history(id)).toEqual(['Added.', 'Changed Cover.', 'Changed Cover.']);
  });

  it('goes with its row, unless another names it too', async () => {
    const { id, cover } = await article();
    const other = await article({});
    await db.article.update({ where: { id: other.id }, data: { cover } });
    await deleteRows(screens('articles.article'), [id], requestOf(by));
    expect(await mediaFiles()).toEqual([cover]);
    await deleteRows(screens('articles.article'), [other.id], requestOf(by));
    expect(await mediaFiles()).toEqual([]);
  });

  it('is not kept of a form that is refused, and what there was stays', async () => {
    const { id, cover } = await article();
    const sent = { cover: fileOf('new.png', png(9, 9)) };
    expect(await send({ ...sent, title: '' }, id)).toMatchObject({ kind: 'refused' });
    const refused = refusing({ clean: async () => ({ title: ['No.'] }) });
    expect(await send(sent, id, refused)).toMatchObject({ kind: 'refused' });
    expect(await send(sent, 2_000_000_000, screens('articles.article')).catch(String)).toBeTruthy();
    expect(await mediaFiles()).toEqual([cover]);
    expect(await coverOf(id)).toEqual({ id, cover });
  });

  it('is not kept where somebody else has sent another meanwhile, whose stays', async () => {
    const { id } = await article();
    const stale = formOf(await untouched(screens('articles.article'), id));
    stale.set('cover', fileOf('mine.png', png(1, 1)));
    await send({ cover: fileOf('theirs.png', png(2, 2)) }, id);
    const theirs = await coverOf(id);
    const saved = await saveObject(screens('articles.article'), requestOf(by), {
      ...{ id, form: stale, isFresh: true },
    });
    expect(saved).toMatchObject({ kind: 'conflict' });
    expect(await mediaFiles()).toEqual([theirs.cover]);
    expect(await coverOf(id)).toEqual(theirs);
  });

  it('is not kept where the transaction is rolled back, and what there was stays', async () => {
    const { id, cover } = await article();
    const failing = refusing({
      saved: () => Promise.reject(new Error('The last step failed.')),
    });
    const sent = { cover: fileOf('new.png', png(9, 9)) };
    await expect(send(sent, id, failing)).rejects.toThrow('The last step failed.');
    await expect(send({ 'cover-clear': 'on' }, id, failing)).rejects.toThrow();
    await expect(send(sent, null, failing)).rejects.toThrow();
    expect(await mediaFiles()).toEqual([cover]);
    expect(await coverOf(id)).toEqual({ id, cover });
    const deleting = refusing({ deleting: () => Promise.reject(new Error('Not now.')) });
    await expect(deleteRows(deleting, [id], requestOf(by))).rejects.toThrow('Not now.');
    expect(await mediaFiles()).toEqual([cover]);
  });

  it('is refused at its field for what it is, and never a text that names one', async () => {
    const { id, cover } = await article();
    const own = await article({});
    const wrong: [Sent, RegExp][] = [
      [{ cover: fileOf('a.png', '<script>alert(1)</script>') }, /^Upload a valid image/],
      [{ cover: fileOf('a.svg', '<svg/>') }, /^File extension “svg” is not allowed/],
      [{ cover: fileOf('a.png', gif(1, 1)) }, /^Upload a valid image/],
      [{ cover: fileOf('a.png', png(1, 1, 'x'.repeat(500_000))) }, /^The file is too large/],
      [{ cover: fileOf('a.png', png(60_000, 60_000)) }, /60,000 × 60,000/],
      [{ cover: fileOf('a.png', '') }, /^The submitted file is empty/],
      [{ cover: cover ?? '' }, /^No file was submitted/],
      [{ cover: '../../etc/passwd' }, /^No file was submitted/],
      [{ cover: fileOf('a.png', png(1, 1)), 'cover-clear': 'on' }, /^Please either submit a file/],
    ];
    for (const [sent, words] of wrong) {
      const saved = await send(sent, own.id);
      expect(saved).toMatchObject({
        kind: 'refused',
        errors: { cover: [expect.stringMatching(words)] },
      });
    }
    expect(await mediaFiles()).toEqual([cover]);
    expect(await coverOf(own.id)).toEqual({ id: own.id, cover: null });
    expect(await coverOf(id)).toEqual({ id, cover });
  });

  it('has to be sent, and cannot be cleared, where the field must have one', async () => {
    const own = screens('articles.article');
    const fields = new Map(own.meta.fields);
    const cover = fields.get('cover');
    if (cover) fields.set('cover', { ...cover, isBlank: false });
    const required = { ...own, meta: { ...own.meta, fields }, options: own.options };
    const errors = { cover: ['This field is required.'] };
    expect(await send({}, null, required)).toEqual({ kind: 'refused', errors });
    const { id, cover: kept } = await article();
    expect(await send({ 'cover-clear': 'on', title: 'Two' }, id, required)).toMatchObject({
      kind: 'saved',
    });
    expect(await coverOf(id)).toEqual({ id, cover: kept });
  });
});

describe('a file in a form of one’s own', () => {
  const sent = (fields: Sent) => {
    const form = formOf({ title: 'One', body: 'Text' });
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    return form;
  };

  it('is kept, replaced, cleared and left as it is', async () => {
    const form = sent({ cover: fileOf('a.png', png(1, 1)) });
    const parsed = parseForm(ArticleForm.schema, form);
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.state));
    const saved = await ArticleForm.save(form, () => createArticle(by, parsed.data));
    if (!saved.ok) throw new Error(JSON.stringify(saved.state));
    const { id, cover } = saved.data;
    expect(cover).toMatch(/^articles\/a_[a-z0-9]{12}\.png$/);
    expect(await mediaFiles()).toEqual([cover]);
    const change = async (fields: Sent) => {
      const row = await db.article.findUniqueOrThrow({ where: { id } });
      const own = ArticleForm.withRow(row);
      const again = sent(fields);
      const read = parseForm(own.schema, again);
      if (!read.ok) throw new Error(JSON.stringify(read.state));
      await own.save(again, () => changeArticle(by, String(id), read.data));
      return (await coverOf(id)).cover;
    };
    expect(await change({ title: 'Two' })).toBe(cover);
    const second = await change({ cover: fileOf('b.png', png(2, 2)) });
    expect(await mediaFiles()).toEqual([second]);
    expect(await change({ 'cover-clear': 'on' })).toBeNull();
    expect(await mediaFiles()).toEqual([]);
  });

  it('is refused for what is in it, and not kept where the write fails', async () => {
    const wrong = sent({ cover: fileOf('a.png', 'text') });
    expect(parseForm(ArticleForm.schema, wrong).ok).toBe(true);
    const refused = await ArticleForm.save(wrong, async () => {
      throw new Error('Nothing is written of this.');
    });
    expect(refused).toMatchObject({
      ok: false,
      state: {
        values: { title: 'One', body: 'Text' },
        fieldErrors: { cover: [expect.stringMatching(/^Upload a valid image/)] },
      },
    });
    expect(parseForm(ArticleForm.schema, sent({ cover: 'articles/x.png' }))).toMatchObject({
      ok: false,
      state: { fieldErrors: { cover: [expect.stringMatching(/^No file was submitted/)] } },
    });
    const form = sent({ cover: fileOf('a.png', png(1, 1)) });
    const failing = ArticleForm.save(form, () => Promise.reject(new Error('The disk is full.')));
    await expect(failing).rejects.toThrow('The disk is full.');
    expect(await mediaFiles()).toEqual([]);
  });
});

describe('a table of rows with files', () => {
  it('names them, and is taken back where it names them as they are, and no others', async () => {
    const admin = screens('articles.article');
    const { id, cover } = await article();
    const other = await article({});
    const text = await exported(admin, by);
    expect(text).toContain(cover);
    expect((await look(admin, by, text)).counts).toMatchObject({ same: 2, refused: 0 });
    const no =
      'A table brings no files: leave the name as it was exported, or take the column out.';
    const forged = `id,title,body,cover\n${other.id},Two,Text,${cover}\n${id},One,Text,\n,New,Text,${cover}\n,Plain,Text,\n`;
    const { report, counts } = await look(admin, by, forged);
    expect(counts).toMatchObject({ refused: 3, added: 1 });
    const errors = report.rows.flatMap((row) => row.errors.map((each) => each.text));
    expect(errors).toEqual([no, no, no]);
    const { id: file } = await look(admin, by, `id,title,cover\n${id},Two,${cover}\n`);
    expect(await confirm(admin, requestOf(by), file)).toMatchObject({ kind: 'imported' });
    expect(await coverOf(id)).toEqual({ id, cover });
    expect(await mediaFiles()).toEqual([cover]);
  });
});
