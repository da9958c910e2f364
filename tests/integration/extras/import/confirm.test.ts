import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ModelKey } from '@/lib/apps/installed';
import type { User } from '@/lib/contrib/auth/models';
import type { FieldErrors } from '@/lib/contrib/auth/permissions/account-rules';
import { getUserModel, insertUser } from '@/lib/contrib/auth/users/user-model';
import { db, type TransactionClient, transaction } from '@/lib/db/client';
import { previewOr404 } from '@/lib/extras/import/previews';
import { tellWritten } from '@/lib/extras/import/tell-written';
import { makeSuperuser, requestOf, screens } from '@/tests/support/admin/staff';
import { freshDatabase } from '@/tests/support/database';
import { answeredOrWaiting } from '@/tests/support/databases/answered-or-waiting';
import { articlesWith, makeArticle, titles } from '@/tests/support/import/articles';
import { confirm, look, told } from '@/tests/support/import/import';

let root: User;

const admin = () => screens('articles.article');

beforeAll(freshDatabase);
beforeAll(async () => {
  root = await makeSuperuser();
});
beforeEach(() => db.article.deleteMany());

describe('between the look and the confirmation', () => {
  it('a row that somebody changed is told, and nothing is half-written', async () => {
    const [one, two] = [await makeArticle(root, 'One'), await makeArticle(root, 'Two')];
    const text = `id,title\n${one},First\n${two},Second\n`;
    const { id: file } = await look(admin(), root, text);
    await db.article.update({ where: { id: two }, data: { body: 'Other' } });
    expect(await confirm(admin(), requestOf(root), file)).toEqual({ kind: 'moved' });
    expect(await titles()).toEqual(['One', 'Two']);
    const { report } = await previewOr404(root, admin(), String(file));
    expect(report.notes).toEqual([
      'Somebody changed what these lines name after you looked at the file: 3.',
    ]);
    // It is another look: who has read it confirms that.
    expect(told(report)).toEqual(['2 changed', '3 changed']);
    expect(await confirm(admin(), requestOf(root), file)).toMatchObject({ kind: 'imported' });
    expect(await titles()).toEqual(['First', 'Second']);
  });

  it('a row that was as the file has it, and is no longer, is told too', async () => {
    const [one, two] = [await makeArticle(root, 'One'), await makeArticle(root, 'Two')];
    const { id: file } = await look(admin(), root, `id,title\n${one},First\n${two},Two\n`);
    await db.article.update({ where: { id: two }, data: { title: 'Other' } });
    expect(await confirm(admin(), requestOf(root), file)).toEqual({ kind: 'moved' });
    expect(await titles()).toEqual(['One', 'Other']);
  });

  it('a row that is gone is told', async () => {
    const one = await makeArticle(root, 'One');
    const { id: file } = await look(admin(), root, `id,title\n${one},First\n,`.concat('New\n'));
    await db.article.deleteMany();
    expect(await confirm(admin(), requestOf(root), file)).toEqual({ kind: 'moved' });
    expect(await titles()).toEqual([]);
  });

  it('the rules of the model are asked in the transaction that writes', async () => {
    const { id: file } = await look(admin(), root, 'title,body\nNew,Text\nNext,Text\n');
    const strict = articlesWith({
      clean: async (_tx, { values }): Promise<FieldErrors> =>
        values['title'] === 'Next' ? { title: ['No.'] } : {},
    });
    expect(await confirm(strict, requestOf(root), file)).toEqual({ kind: 'moved' });
    expect(await titles()).toEqual([]);
    expect(told((await previewOr404(root, strict, String(file))).report)).toEqual([
      '2 added',
      '3 refused | Title: No.',
    ]);
  });
});

describe('what follows once a file is written', () => {
  it('follows of each row once, of the try that counts, though it fails of another', async () => {
    const [one, same] = [await makeArticle(root, 'One'), await makeArticle(root, 'Same')];
    const text = `id,title,body\n${one},First,Text\n${same},Same,Text\n,Second,Text\n,Third,Text\n`;
    const { id: file } = await look(admin(), root, text);
    const followed: unknown[] = [];
    let isTaken = true;
    const screen = articlesWith({
      async saved(_tx, { values }) {
        if (values['title'] !== 'Second' || !isTaken) return null;
        isTaken = false;
        throw Object.assign(new Error('Taken meanwhile.'), { code: 'P2002' });
      },
      async committed({ before, values }) {
        followed.push([before?.['title'] ?? null, values['title']]);
        if (before) throw new Error('No mail.');
      },
    });
    const done = await confirm(screen, requestOf(root), file);
    if (done.kind !== 'imported') throw new Error(done.kind);
    expect(followed).toEqual([]);
    const printed = vi.spyOn(console, 'error').mockImplementation(() => {});
    const outcome = {
      level: 'success' as const,
      text: '',
      committed: async () => void followed.push('all'),
    };
    const written = { ...done.written, outcomes: [outcome] };
    await tellWritten(screen, written, { when: new Date(), origin: 'http://localhost:3000' });
    expect(followed).toEqual([['One', 'First'], [null, 'Second'], [null, 'Third'], 'all']);
    expect(printed).toHaveBeenCalledWith(expect.stringContaining('No mail.'));
  });
});

type Writer = (tx: TransactionClient, name: string) => Promise<unknown>;

const WRITERS: [ModelKey, column: string, label: string, Writer][] = [
  ['auth.group', 'name', 'Name', (tx, name) => tx.group.create({ data: { name } })],
  [
    'auth.user',
    'username',
    'Username',
    (tx, username) =>
      insertUser(tx, getUserModel(), { ...getUserModel().newRow(), username, password: '!' }),
  ],
];

describe('rows that must differ from others', () => {
  it('differ from those of the same file too', async () => {
    const { report } = await look(screens('auth.group'), root, 'name\nReaders\nReaders\n');
    expect(told(report)).toEqual([
      '2 added',
      '3 refused | Name: Group with this Name already exists.',
    ]);
    expect(await db.group.count({ where: { name: 'Readers' } })).toBe(0);
  });

  it.each(WRITERS)(
    'differ from those that somebody else writes at once, of %s',
    async (key, ...how) => {
      const [column, label, write] = how;
      const { id: file } = await look(screens(key), root, `${column}\nwriters\n`);
      const second = await transaction(async (tx) => {
        await write(tx, 'writers');
        const asked = { answer: confirm(screens(key), requestOf(root), file) };
        await answeredOrWaiting(asked.answer);
        return asked;
      });
      expect(await second.answer).toEqual({ kind: 'moved' });
      expect(told((await previewOr404(root, screens(key), String(file))).report)).toEqual([
        expect.stringMatching(`^2 refused . ${label}: .* already exists.$`),
      ]);
    },
  );
});
