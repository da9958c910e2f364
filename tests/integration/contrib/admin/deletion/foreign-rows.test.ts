import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { overrideSettings } from '@/lib/conf/settings';
import { collectDeletion, deleteRows } from '@/lib/contrib/admin/deletion/deletion';
import { editableFields } from '@/lib/contrib/admin/form/form-fields';
import { saveObject } from '@/lib/contrib/admin/form/save';
import { readSnapshot } from '@/lib/contrib/admin/form/snapshot';
import { versionOf } from '@/lib/contrib/admin/form/versions';
import { forgetForeignKeys } from '@/lib/db/catalogue/foreign-keys';
import { closeDb, db, transaction } from '@/lib/db/client';
import { person, post, told } from '@/tests/support/admin/list-form';
import { makeSuperuser, requestOf, screens } from '@/tests/support/admin/staff';
import { freshDatabase, testDatabase } from '@/tests/support/database';
import { statementsOf } from '@/tests/support/statements';

beforeAll(freshDatabase);

const isPostgresql = testDatabase === 'postgresql';
let made: string[] = [];

afterEach(async () => {
  for (const name of made.reverse()) await run(`DROP TABLE ${name}`);
  made = [];
});

const run = (sql: string) => db.$executeRawUnsafe(sql);

/** A table of another application. */
async function table(name: string, columns: string): Promise<void> {
  await run(`CREATE TABLE ${name} (${columns})`);
  made.push(name);
  forgetForeignKeys();
}

async function refer(name: string, ...rows: string[]): Promise<void> {
  for (const row of rows) await run(`INSERT INTO ${name} VALUES (${row})`);
}

const toUser = 'user_id integer NOT NULL REFERENCES auth_user(id)';
const deferred = 'DEFERRABLE INITIALLY DEFERRED';
const exists = async (id: number) => (await db.user.count({ where: { id } })) === 1;

async function remove(...ids: number[]) {
  return deleteRows(screens('auth.user'), ids, requestOf(await makeSuperuser()));
}

async function collect(...ids: number[]) {
  return collectDeletion(screens('auth.user'), ids, await makeSuperuser());
}

describe('a row of a table that we do not know', () => {
  it.each([
    ['at once', ''],
    ['at the end of the transaction', deferred],
  ])('is named by the page and by the refusal, where the key is checked %s', async (_, when) => {
    const ann = await person('ann');
    await table('authtoken_token', `key varchar(40) PRIMARY KEY, ${toUser} ${when}`);
    await refer('authtoken_token', `'a', ${ann.id}`, `'b', ${ann.id}`);
    const words = [
      '2 rows of authtoken_token refer to it; delete those in the other application, or deactivate it here.',
    ];
    expect((await collect(ann.id)).refusals).toEqual(words);
    expect(await remove(ann.id)).toEqual({ count: 0, refusals: words });
    expect(await exists(ann.id)).toBe(true);
    await run('DELETE FROM authtoken_token');
    expect(await remove(ann.id)).toEqual({ count: 1, refusals: [] });
  });

  it.each([
    ['at once', ''],
    ['at the end of the transaction', deferred],
  ])(
    'is answered so as well when it comes after the question, where the key is checked %s',
    async (_, when) => {
      const ann = await person('ann');
      const superuser = await makeSuperuser();
      await table('late_token', `key varchar(40) PRIMARY KEY, ${toUser} ${when}`);
      const admin = screens('auth.user');
      // It comes while the rows are deleted, as another application's would.
      const deleting = async (tx: { $executeRawUnsafe(sql: string): Promise<unknown> }) => {
        await tx.$executeRawUnsafe(`INSERT INTO late_token VALUES ('a', ${ann.id})`);
      };
      const late = { ...admin, options: { ...admin.options, deleting } };
      const { count, refusals } = await deleteRows(late, [ann.id], requestOf(superuser));
      expect(count).toBe(0);
      expect(refusals.join()).toContain('refer to it or to what goes with it; delete those');
      if (isPostgresql) expect(refusals.join()).toContain('Rows of late_token');
      expect(await exists(ann.id)).toBe(true);
    },
  );

  it('is told for each of many by name, and the others are left where they are', async () => {
    const [ann, bob, cid] = [await person('ann'), await person('bob'), await person('cid')];
    await table('authtoken_token', `key varchar(40) PRIMARY KEY, ${toUser} ${deferred}`);
    await refer('authtoken_token', `'a', ${ann.id}`, `'c', ${cid.id}`);
    const superuser = await makeSuperuser();
    const fields = {
      action: 'delete_selected',
      _selected_action: [ann.id, bob.id, cid.id].map(String),
    };
    const asked = await post(superuser, fields);
    const words = [
      `“${ann.username}” cannot go: 1 row of authtoken_token refers to it.`,
      `“${cid.username}” cannot go: 1 row of authtoken_token refers to it.`,
      'Delete those in the other application, or deactivate them here, or leave them out.',
    ];
    expect(asked.kind === 'asked' && asked.deletion.refusals).toEqual(words);
    const outcome = await told(superuser, { ...fields, post: 'yes' });
    expect(outcome).toEqual({ level: 'error', text: words.join(' ') });
    expect(await Promise.all([ann, bob, cid].map(({ id }) => exists(id)))).toEqual([
      true,
      true,
      true,
    ]);
  });

  it('goes along or loses its key where the database does so, and is counted', async () => {
    const ann = await person('ann');
    await table('taken_along', `id integer PRIMARY KEY, ${toUser} ON DELETE CASCADE`);
    await table(
      'left_alone',
      'id integer PRIMARY KEY, user_id integer REFERENCES auth_user(id) ON DELETE SET NULL',
    );
    await refer('taken_along', `1, ${ann.id}`, `2, ${ann.id}`);
    await refer('left_alone', `1, ${ann.id}`);
    const deletion = await collect(ann.id);
    expect(deletion.counts).toContainEqual({ name: 'rows of taken_along', count: 2 });
    expect(deletion.kept).toEqual([{ name: 'row of left_alone', count: 1 }]);
    expect(deletion.refusals).toEqual([]);
    expect(await remove(ann.id)).toEqual({ count: 1, refusals: [] });
    expect(await db.$queryRawUnsafe('SELECT user_id FROM left_alone')).toEqual([{ user_id: null }]);
  });

  it('is found behind rows that go along, ours and others', async () => {
    const ann = await person('ann');
    await table('taken_along', `id integer PRIMARY KEY, ${toUser} ON DELETE CASCADE`);
    await table('deeper', 'id integer PRIMARY KEY, t integer REFERENCES taken_along(id)');
    await table('about_log', 'id integer PRIMARY KEY, l integer REFERENCES django_admin_log(id)');
    const entry = { actionTime: new Date(), objectId: '1', objectRepr: 'x', actionFlag: 2 };
    const { id } = await db.logEntry.create({
      data: { ...entry, userId: ann.id, contentTypeId: null, changeMessage: '' },
    });
    await refer('taken_along', `1, ${ann.id}`);
    await refer('deeper', '7, 1');
    await refer('about_log', `1, ${id}`);
    const [words = ''] = (await remove(ann.id)).refusals;
    expect(words).toContain('1 row of about_log refers to what goes with it');
    expect(words).toContain('1 row of deeper refers to what goes with it');
    expect(await exists(ann.id)).toBe(true);
  });

  it('is found by keys of several columns, by other columns than the id, and under quoted names', async () => {
    const [ann, bob] = [await person('ann'), await person('bob')];
    await run('CREATE UNIQUE INDEX pair ON auth_user (is_active, username)');
    // Everybody has the first of the two columns alike.
    await table(
      '"Two ""odd"" Names"',
      'id integer PRIMARY KEY, "is it" bool, "Its Name" varchar(150), FOREIGN KEY ("is it", "Its Name") REFERENCES auth_user (is_active, username)',
    );
    await table(
      'by_name',
      'id integer PRIMARY KEY, name varchar(150) REFERENCES auth_user (username)',
    );
    await refer(
      '"Two ""odd"" Names"',
      `1, true, '${ann.username}'`,
      '2, NULL, NULL',
      `3, true, '${bob.username}'`,
    );
    await refer('by_name', `1, '${ann.username}'`);
    const { refusals } = await remove(ann.id);
    expect(refusals.join()).toContain('1 row of Two "odd" Names refers to it');
    expect(refusals.join()).toContain('1 row of by_name refers to it');
    await run('DELETE FROM "Two ""odd"" Names"');
    const renamed = await rename(ann.id);
    expect(renamed).toMatchObject({ kind: 'refused' });
    await run('DELETE FROM by_name');
    await run('DROP TABLE "Two ""odd"" Names"');
    made = made.filter((name) => name === 'by_name');
    await run('DROP INDEX pair');
  });

  it('keeps a group, which cannot be deactivated', async () => {
    const group = await db.group.create({ data: { name: 'Referred to' } });
    await table(
      'guardian_groupobjectpermission',
      `id integer PRIMARY KEY, group_id integer REFERENCES auth_group(id) ${deferred}`,
    );
    await refer('guardian_groupobjectpermission', `1, ${group.id}`);
    const who = requestOf(await makeSuperuser());
    expect(await deleteRows(screens('auth.group'), [group.id], who)).toEqual({
      count: 0,
      refusals: [
        '1 row of guardian_groupobjectpermission refers to it; delete those in the other application.',
      ],
    });
  });

  it('keeps nobody once its table has gone, which PostgreSQL does not tell', async () => {
    const ann = await person('ann');
    await table('passing', `id integer PRIMARY KEY, ${toUser}`);
    await refer('passing', `1, ${ann.id}`);
    expect((await collect(ann.id)).refusals).toHaveLength(1);
    await run('DROP TABLE passing');
    made = [];
    expect(await remove(ann.id)).toEqual({ count: 1, refusals: [] });
  });

  it('costs one statement for all tables, and none to know which they are', async () => {
    const [ann, bob] = [await person('ann'), await person('bob')];
    await table('one', `id integer PRIMARY KEY, ${toUser}`);
    await table('two', `id integer PRIMARY KEY, ${toUser}`);
    await collect(ann.id);
    const superuser = await makeSuperuser();
    const seen = await statementsOf(() =>
      collectDeletion(screens('auth.user'), [ann.id, bob.id], superuser),
    );
    expect(seen.filter((sql) => /pg_constraint|pragma_foreign/.test(sql))).toEqual([]);
    expect(seen.filter((sql) => /"one"|"two"/.test(sql))).toHaveLength(1);
  });

  if (isPostgresql) {
    it('is named with its schema, and from the refusal where we may not read it', async () => {
      const [ann, bob] = [await person('ann'), await person('bob')];
      await table('may_be_read', `id integer PRIMARY KEY, ${toUser}`);
      await refer('may_be_read', `1, ${bob.id}`);
      await run('CREATE SCHEMA other');
      await run(`CREATE TABLE other.auth_user_groups (id integer, ${toUser})`);
      await run(`INSERT INTO other.auth_user_groups VALUES (1, ${ann.id})`);
      const there = '1 row of other.auth_user_groups refers to it';
      expect((await remove(ann.id)).refusals.join()).toContain(there);
      const url = process.env['DATABASE_URL'] ?? '';
      const role = `reader_${process.pid}_${Date.now()}`;
      await run(`CREATE ROLE ${role} LOGIN`);
      await run(`GRANT ALL ON ALL TABLES IN SCHEMA public TO ${role}`);
      await run(`GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO ${role}`);
      const superuser = await makeSuperuser();
      const own = new URL(url);
      own.username = role;
      try {
        await overrideSettings({ DATABASE_URL: own.href }, async () => {
          const admin = screens('auth.user');
          expect((await collectDeletion(admin, [ann.id], superuser)).refusals).toEqual([]);
          const { refusals } = await deleteRows(admin, [ann.id], requestOf(superuser));
          // What we may read is told beside what we may not.
          const both = (await collectDeletion(admin, [bob.id], superuser)).refusals.join();
          expect(both).toContain('1 row of may_be_read refers to it');
          expect(refusals).toEqual([
            'Rows of auth_user_groups refer to it or to what goes with it; delete those in the other application, or deactivate it here. Nothing was deleted.',
          ]);
          await closeDb();
        });
      } finally {
        await run(`DROP OWNED BY ${role}`);
        await run(`DROP ROLE ${role}`);
        await run('DROP SCHEMA other CASCADE');
      }
    });
  }
});

async function rename(id: number) {
  const admin = screens('auth.user');
  const snapshot = await transaction((tx) => readSnapshot(tx, admin, id));
  const form = new FormData();
  form.set('_version', snapshot ? versionOf(snapshot, editableFields(admin)) : '');
  form.set('username', `renamed${id}`);
  form.set('is_active', 'on');
  return saveObject(admin, requestOf(await makeSuperuser()), { id, form, isFresh: true });
}
