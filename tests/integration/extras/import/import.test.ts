import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { overrideSettings } from '@/lib/conf/settings';
import { objectHistory } from '@/lib/contrib/admin/history';
import type { User } from '@/lib/contrib/auth/models';
import { Http404, PermissionDenied } from '@/lib/core/exceptions';
import { db, Prisma } from '@/lib/db/client';
import { clearPreviews, previewOr404 } from '@/lib/extras/import/previews';
import { makeStaff, makeSuperuser, requestOf, screens } from '@/tests/support/admin/staff';
import { freshDatabase } from '@/tests/support/database';
import { articlesWith, makeArticle, titles } from '@/tests/support/import/articles';
import { confirm, exported, look, told } from '@/tests/support/import/import';
import { statementsOf } from '@/tests/support/statements';

let root: User;
let editor: User;

const admin = () => screens('articles.article');

beforeAll(freshDatabase);
beforeAll(async () => {
  root = await makeSuperuser();
  editor = await makeStaff(
    'articles.view_article',
    'articles.add_article',
    'articles.change_article',
  );
});
beforeEach(async () => {
  await db.article.deleteMany();
  await db.logEntry.deleteMany();
});

describe('a file that is imported', () => {
  it('adds and changes what it says, each row with its entry in the history', async () => {
    const id = await makeArticle(root, 'First');
    const kept = await makeArticle(root, 'Kept');
    const text = `id,title,body,author\n${id},"'=1+1",Text,${editor.username}\n${kept},Kept,Text,${root.username}\n,New,"Two\nlines",\n`;
    const { id: file, report } = await look(admin(), root, text);
    expect(told(report)).toEqual(['2 changed', '3 same', '4 added']);
    expect(report.rows.map(({ changes }) => changes)).toEqual([
      [
        { label: 'Title', before: 'First', after: '=1+1' },
        { label: 'Author', before: root.username, after: editor.username },
      ],
      [],
      [
        { label: 'Title', before: null, after: 'New' },
        { label: 'Body', before: null, after: 'Two\nlines' },
      ],
    ]);
    expect(await titles()).toEqual(['First', 'Kept']);

    expect(await confirm(admin(), requestOf(root), file)).toMatchObject({ kind: 'imported' });
    const rows = await db.article.findMany({ orderBy: { id: 'asc' } });
    expect(rows).toMatchObject([
      { title: '=1+1', authorId: editor.id },
      { title: 'Kept' },
      { title: 'New', body: 'Two\nlines', authorId: null, isPublished: false },
    ]);
    const of = async (each: number) =>
      (await objectHistory(admin(), each, 1)).entries.map(({ changeMessage }) => changeMessage);
    expect(await of(id)).toEqual(['[{"changed": {"fields": ["Title", "Author"]}}]']);
    expect(await of(kept)).toEqual([]);
    expect(await of(rows[2]?.id ?? 0)).toEqual(['[{"added": {}}]']);
    const event = await db.securityLogEntry.findFirstOrThrow({ orderBy: { id: 'desc' } });
    expect(event).toMatchObject({ event: 'authz_admin', actorId: root.id });
    // Once.
    await expect(confirm(admin(), requestOf(root), file)).rejects.toThrow(Http404);
  });

  it('changes nothing where it is what was exported', async () => {
    await makeArticle(root, `'=1 "x"; =2`, ' blanks \n');
    await makeArticle(root, 'Ｎame');
    const text = await exported(admin(), root);
    const statements = await statementsOf(async () => {
      const { counts } = await look(admin(), root, text);
      expect(counts).toEqual({ added: 0, changed: 0, same: 2, refused: 0 });
    });
    expect(statements.filter((sql) => /^\s*(UPDATE|INSERT)/.test(sql))).toHaveLength(1);
  });

  it('is refused row by row, at the column, and then nothing of it is written', async () => {
    const id = await makeArticle(root, 'First');
    const text = [
      'id,title,body,is_published,author',
      `${id},Changed,Text,maybe,`,
      `${id},Again,Text,true,`,
      '999999,Nobody,Text,true,',
      'x,Nobody,Text,true,',
      `,${'x'.repeat(201)},"a\0b",true,nobody`,
      ',Fine,Text,true,',
    ].join('\n');
    const { id: file, report } = await look(admin(), root, text);
    expect(told(report)).toEqual([
      '2 refused | Is published: Enter true or false.',
      '3 refused | The file has this id twice.',
      '4 refused | There is no article with this id.',
      '5 refused | There is no article with this id.',
      '6 refused | Title: Ensure this value has at most 200 characters (it has 201). | Body: Null characters are not allowed. | Author: Select a valid choice. That choice is not one of the available choices.',
      '7 added',
    ]);
    expect(await confirm(admin(), requestOf(root), file)).toEqual({ kind: 'moved' });
    expect(await titles()).toEqual(['First']);
    expect(await db.logEntry.count()).toBe(0);
  });

  it.each([
    ['id,title,password\n,x,y', '“password” is never imported'],
    ['id,title,title\n,x,y', '“title” is there twice'],
    ['id,title,colour\n,x,y', 'There is no column “colour”'],
    ['id,created\n1,2026-01-01', 'no column that can be changed'],
    ['title,\nx,y', 'A column has no name'],
  ])('is refused as a whole with the columns of %j', async (text, message) => {
    await expect(look(admin(), root, text)).rejects.toThrow(message);
  });

  it('is refused at its first unknown column, however many there are', async () => {
    const header = Array.from({ length: 400_000 }, (_each, at) => at.toString(36)).join(',');
    const row = ','.repeat(399_999);
    await expect(look(admin(), root, `${header}\n${row}`)).rejects.toThrow('no column “0”');
  });

  it('has no more rows than the settings say', async () => {
    await overrideSettings({ IMPORT_MAX_ROWS: 2 }, async () => {
      await expect(look(admin(), root, 'title\na\nb\nc\n')).rejects.toThrow('more than 2 rows');
    });
  });
});

describe('what is asked of whoever imports', () => {
  it('is the permission to add, and to change this row', async () => {
    const id = await makeArticle(root, 'First');
    const viewer = await makeStaff('articles.view_article');
    const adder = await makeStaff('articles.view_article', 'articles.add_article');
    const changer = await makeStaff('articles.view_article', 'articles.change_article');
    const text = `id,title,body\n${id},Changed,Text\n,New,Text\n`;
    await expect(look(admin(), viewer, text)).rejects.toThrow(PermissionDenied);
    expect(told((await look(admin(), adder, text)).report)).toEqual([
      '2 refused | You may not change this article.',
      '3 added',
    ]);
    expect(told((await look(admin(), changer, text)).report)).toEqual([
      '2 changed',
      '3 refused | You may not add articles.',
    ]);
  });

  it('is asked again when it is confirmed', async () => {
    const id = await makeArticle(root, 'First');
    const { id: file } = await look(admin(), editor, `id,title\n${id},Changed\n`);
    const may = articlesWith({ hasChangePermission: (_user, row) => row === undefined });
    expect(await confirm(may, requestOf(editor), file)).toEqual({ kind: 'moved' });
    expect(await titles()).toEqual(['First']);
  });

  it('leaves unknown what the person may not see, whatever the file says of it', async () => {
    const id = await makeArticle(root, 'Hidden');
    const hidden = articlesWith({ getQueryset: () => Prisma.sql`t.title <> 'Hidden'` });
    const secret = articlesWith({ hasViewPermission: (_user, row) => row?.['title'] !== 'Hidden' });
    for (const screen of [hidden, secret]) {
      for (const each of [id, 999_999]) {
        for (const title of ['Hidden', 'Changed']) {
          const { report } = await look(screen, root, `id,title\n${each},${title}\n`);
          expect(report.rows).toEqual([
            {
              line: 2,
              outcome: 'refused',
              name: '',
              changes: [],
              errors: [{ column: '', text: 'There is no article with this id.' }],
              digest: null,
            },
          ]);
        }
      }
    }
  });

  it('keeps a preview to whom it was shown, of that model, for an hour', async () => {
    const { id } = await look(admin(), editor, 'title,body\nNew,Text\n');
    const open = (user: User, screen = admin(), sent: unknown = String(id)) =>
      previewOr404(user, screen, sent);
    await expect(open(editor)).resolves.toMatchObject({ id });
    await expect(open(root)).rejects.toThrow(Http404);
    await expect(open(editor, screens('auth.group'))).rejects.toThrow(Http404);
    await expect(open(editor, admin(), '0')).rejects.toThrow(Http404);
    const acting = Object.assign(Object.create(editor), { impersonator: root });
    await expect(open(acting)).rejects.toThrow(Http404);
    await db.importPreview.updateMany({ where: { id }, data: { expires: new Date(0) } });
    await expect(open(editor)).rejects.toThrow(Http404);
    expect(await clearPreviews()).toBe(1);
  });
});
