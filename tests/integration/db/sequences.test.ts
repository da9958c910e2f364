import { beforeAll, describe, expect, it, vi } from 'vitest';
import { saveObject } from '@/lib/contrib/admin/form/save';
import { addUser } from '@/lib/contrib/auth/admin/add-user';
import { users } from '@/lib/contrib/auth/users/managers';
import { command as migrate } from '@/lib/core/management/commands/migrate';
import { checkSequences, laggingSequences } from '@/lib/db/catalogue/sequences';
import { db } from '@/lib/db/client';
import { isUniqueViolation } from '@/lib/db/errors';
import { unavailable } from '@/lib/db/faults';
import { makeSuperuser, requestOf, screens } from '@/tests/support/admin/staff';
import { freshDatabase, testDatabase } from '@/tests/support/database';
import { run } from '@/tests/support/run-command';

beforeAll(freshDatabase);

/** As after a restore that wrote ids and forgot the sequence. */
async function lag(table: string, id: number): Promise<void> {
  await db.$executeRawUnsafe(
    `UPDATE ${table} SET id = ${id} WHERE id = (SELECT max(id) FROM ${table})`,
  );
  await db.$queryRawUnsafe(`SELECT setval('${table}_id_seq', ${id - 1})`);
}

const lagging = async () => (await laggingSequences()).map(({ table }) => table);

describe.runIf(testDatabase === 'postgresql')('a sequence that lags', () => {
  it('is found in every table, with the statement that puts it right', async () => {
    expect(await lagging()).toEqual([]);
    await db.group.create({ data: { name: 'last' } });
    await lag('auth_group', 50);
    await lag('auth_permission', 900);
    expect(await lagging()).toEqual(expect.arrayContaining(['auth_group', 'auth_permission']));
    const [found] = await checkSequences();
    expect(found).toMatchObject({ id: 'db.W004', level: 'warning' });
    for (const { remedy } of await laggingSequences()) await db.$queryRawUnsafe(remedy);
    expect(await lagging()).toEqual([]);
    await db.group.create({ data: { name: 'after the last' } });
  });

  it('is found when it has never been asked, and when only the default names it', async () => {
    await db.$executeRawUnsafe('ALTER TABLE auth_group ALTER id DROP IDENTITY');
    await db.$executeRawUnsafe('CREATE SEQUENCE auth_group_id_seq');
    await db.$executeRawUnsafe(
      "ALTER TABLE auth_group ALTER id SET DEFAULT nextval('auth_group_id_seq')",
    );
    expect(await lagging()).toEqual(['auth_group']);
    const [{ remedy = '' } = {}] = await laggingSequences();
    await db.$queryRawUnsafe(remedy);
    expect(await lagging()).toEqual([]);
  });

  it('is looked for in the tables that are there: another application may not have made its own yet', async () => {
    await db.$executeRaw`ALTER TABLE articles_article RENAME TO articles_elsewhere`;
    try {
      expect(await lagging()).toEqual([]);
      await db.group.create({ data: { name: 'while it is not there' } });
      await lag('auth_group', 100);
      expect(await lagging()).toEqual(['auth_group']);
      for (const { remedy } of await laggingSequences()) await db.$queryRawUnsafe(remedy);
    } finally {
      await db.$executeRaw`ALTER TABLE articles_elsewhere RENAME TO articles_article`;
    }
  });

  it('ends migrate with a sentence before it would fail on it', async () => {
    await lag('auth_permission', 5000);
    await db.permission.deleteMany({ where: { codename: 'add_group' } });
    const { status, err } = await run(migrate, []);
    expect(status).toBe(1);
    expect(err.join('\n')).toContain(
      `SELECT setval('public.auth_permission_id_seq', (SELECT max(id) FROM "auth_permission"));`,
    );
    for (const { remedy } of await laggingSequences()) await db.$queryRawUnsafe(remedy);
    expect((await run(migrate, [])).out.join('\n')).toContain('Added 1 permissions.');
  });

  it('is not told as a name that is taken, and a second try does not hide it', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const superuser = await makeSuperuser();
    const request = requestOf(superuser);
    const next = async () => {
      await lag('auth_user', superuser.id + 1000);
      const row = await db.user.findFirstOrThrow({ orderBy: { id: 'desc' } });
      return { ...request, user: Object.assign(superuser, { id: row.id }) };
    };
    const failed = await addUser(await next(), { username: 'seq1', password: null }).catch(
      (error: unknown) => unavailable(error),
    );
    expect(failed).toMatchObject({ status: 503 });
    expect(failed).toHaveProperty('message', expect.stringContaining('manage check'));
    await next();
    await expect(users.createUser({ username: 'seq2' })).rejects.toSatisfy(isUniqueViolation);
    for (const { remedy } of await laggingSequences()) await db.$queryRawUnsafe(remedy);

    await lag('auth_group', 7000);
    const form = new FormData();
    form.set('name', 'seq3');
    const admin = screens('auth.group');
    const save = () => saveObject(admin, requestOf(superuser), { id: null, form, isFresh: true });
    expect(unavailable(await save().catch((error: unknown) => error))).not.toBeNull();
    expect(await db.group.count({ where: { name: 'seq3' } })).toBe(0);
  });

  it('leaves a name that is taken to be told as such', async () => {
    await users.createUser({ username: 'taken' });
    await expect(users.createUser({ username: 'taken' })).rejects.toMatchObject({ code: 'unique' });
  });
});
