import { beforeAll, describe, expect, it } from 'vitest';
import { changeForm } from '@/lib/admin/change-form';
import { conflictWords } from '@/lib/admin/conflict-words';
import type { ModelAdmin } from '@/lib/admin/options';
import { saveObject } from '@/lib/admin/save';
import { readSnapshot } from '@/lib/admin/snapshot';
import { users } from '@/lib/auth/managers';
import type { User } from '@/lib/auth/models';
import { db } from '@/lib/db/client';
import { grant, joinGroup, makeGroup, permissionId } from '@/tests/integration/auth/grants';
import { freshDatabase } from '@/tests/setup/database';
import { makeSuperuser, requestOf, screens } from './staff';

beforeAll(freshDatabase);

type Fields = Record<string, string | readonly (string | number)[]>;

function formOf(fields: Fields): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    for (const each of [value].flat()) form.append(name, String(each));
  }
  return form;
}

/** What a browser sends of a form that nobody touched. */
async function untouched(admin: ModelAdmin, id: number): Promise<Fields> {
  const row = await readSnapshot(db, admin, id);
  const { values, version } = await changeForm(admin, row, { canChange: true });
  const fields: Fields = { _version: version };
  for (const [name, value] of Object.entries(values)) {
    if (name === 'groups' || name.endsWith('permissions'))
      fields[name] = value.split(',').filter(Boolean);
    else if (value !== '' || !name.startsWith('is_')) fields[name] = value;
  }
  return fields;
}

function save(
  key: string,
  fields: Fields,
  { id = null, by, isFresh = true }: { id?: number | null; by: User; isFresh?: boolean },
) {
  return saveObject(screens(key), requestOf(by), { id, form: formOf(fields), isFresh });
}

function historyOf(id: number, key: string) {
  const model = key.split('.')[1] ?? '';
  return db.logEntry.findMany({
    where: { objectId: String(id), contentType: { model } },
    orderBy: { id: 'asc' },
  });
}

let made = 0;
async function makeUser(): Promise<User> {
  made += 1;
  return users.createUser({ username: `saved${made}`, email: 'a@example.com', password: null });
}

describe('saveObject', () => {
  it('adds a group with its permissions, and logs it as Django does', async () => {
    const by = await makeSuperuser();
    const permissions = [await permissionId('auth.add_user'), await permissionId('auth.view_user')];
    const saved = await save('auth.group', { name: ' Editors ', permissions }, { by });
    if (saved.kind !== 'saved') throw new Error(saved.kind);
    expect(saved.str).toBe('Editors');
    const held = await db.groupPermission.findMany({ where: { groupId: saved.id } });
    expect(held.map((row) => row.permissionId).sort()).toEqual(permissions.sort());
    const [entry] = await historyOf(saved.id, 'auth.group');
    expect(entry).toMatchObject({ actionFlag: 1, objectRepr: 'Editors', userId: by.id });
    expect(entry?.changeMessage).toBe('[{"added": {}}]');
  });

  it('changes what differs and nothing else, and logs its labels in the order of the form', async () => {
    const by = await makeSuperuser();
    const user = await makeUser();
    const groupId = await makeGroup('joined by form');
    const fields = await untouched(screens('auth.user'), user.id);
    const changed = { ...fields, first_name: 'Zoë', is_staff: 'on', groups: [groupId] };
    const saved = await save('auth.user', changed, { id: user.id, by });
    expect(saved).toEqual({ kind: 'saved', id: user.id, str: user.username });
    const row = await db.user.findUniqueOrThrow({
      where: { id: user.id },
      omit: { password: false },
    });
    expect(row).toMatchObject({
      firstName: 'Zoë',
      isStaff: true,
      isActive: true,
      email: 'a@example.com',
    });
    expect(row.password).toBe(user.encodedPassword());
    expect(await db.userGroup.count({ where: { userId: user.id, groupId } })).toBe(1);
    const [entry] = await historyOf(user.id, 'auth.user');
    expect(entry?.changeMessage).toBe(
      '[{"changed": {"fields": ["First name", "Staff status", "Groups"]}}]',
    );
  });

  it('logs a change of nothing as Django does', async () => {
    const user = await makeUser();
    const fields = await untouched(screens('auth.user'), user.id);
    await save('auth.user', fields, { id: user.id, by: await makeSuperuser() });
    expect((await historyOf(user.id, 'auth.user'))[0]?.changeMessage).toBe('[]');
  });

  it('reads only the fields that the form shows', async () => {
    const user = await makeUser();
    const fields = await untouched(screens('auth.user'), user.id);
    const forged = {
      ...fields,
      password: 'x',
      date_joined: '2001-01-01',
      id: '1',
      last_login_0: '2001-01-01',
    };
    await save('auth.user', forged, { id: user.id, by: await makeSuperuser() });
    const row = await db.user.findUniqueOrThrow({
      where: { id: user.id },
      omit: { password: false },
    });
    expect(row.password).toBe(user.encodedPassword());
    expect(row.dateJoined).toEqual(user.dateJoined);
    expect(row.lastLogin).toBeNull();
  });

  it.each([
    ['name', '', 'This field is required.'],
    ['name', 'x'.repeat(151), 'at most 150 characters'],
    ['name', 'a\0b', 'Null characters'],
    ['name', 'Taken', 'Group with this Name already exists.'],
    ['permissions', '99999999', '99999999 is not one of the available choices.'],
    ['permissions', '99999999999', 'is not a valid value.'],
    ['permissions', 'x', '“x” is not a valid value.'],
  ])('refuses a group whose %s is %j', async (field, value, message) => {
    await db.group.upsert({ where: { name: 'Taken' }, update: {}, create: { name: 'Taken' } });
    const fields = { name: 'Fine', [field]: value };
    const count = await db.group.count();
    const saved = await save('auth.group', fields, { by: await makeSuperuser() });
    expect(saved).toMatchObject({ kind: 'refused' });
    if (saved.kind === 'refused') expect(saved.errors[field]?.join()).toContain(message);
    expect(await db.group.count()).toBe(count);
  });

  it.each([
    ['username', 'no spaces', 'may hold letters'],
    ['username', '', 'This field is required.'],
    ['username', 'x'.repeat(151), 'longer than 150'],
    ['email', 'nowhere', 'not a valid e-mail'],
    ['first_name', 'x'.repeat(151), 'at most 150 characters'],
  ])('refuses a user whose %s is %j', async (field, value, message) => {
    const user = await makeUser();
    const fields = { ...(await untouched(screens('auth.user'), user.id)), [field]: value };
    const saved = await save('auth.user', fields, { id: user.id, by: await makeSuperuser() });
    expect(saved).toMatchObject({ kind: 'refused' });
    if (saved.kind === 'refused') expect(saved.errors[field]?.join()).toContain(message);
    expect(await historyOf(user.id, 'auth.user')).toEqual([]);
  });

  it('stores names and addresses in the form that is compared', async () => {
    const user = await makeUser();
    const fields = await untouched(screens('auth.user'), user.id);
    const typed = { ...fields, username: ' ﬁne ', email: ' A@EXAMPLE.Com ' };
    await save('auth.user', typed, { id: user.id, by: await makeSuperuser() });
    const row = await db.user.findUniqueOrThrow({ where: { id: user.id } });
    expect(row).toMatchObject({ username: 'fine', email: 'A@example.com' });
  });

  it('says of a row that is gone that it is', async () => {
    const wanted = { id: 2_000_000_000, by: await makeSuperuser() };
    expect(await save('auth.group', { name: 'x' }, wanted)).toEqual({ kind: 'gone' });
  });

  it('lets one of two who take a name at once have it', async () => {
    const by = await makeSuperuser();
    const saved = await Promise.all(
      [1, 2, 3].map(() => save('auth.group', { name: 'Wanted' }, { by })),
    );
    expect(saved.map(({ kind }) => kind).sort()).toEqual(['refused', 'refused', 'saved']);
  });

  it('follows a foreign key by id and by the unique name of its row', async () => {
    const by = await makeSuperuser();
    const author = await makeUser();
    const fields = { title: 'One', body: 'Text', author: String(author.id) };
    const saved = await save('articles.article', fields, { by });
    if (saved.kind !== 'saved') throw new Error(saved.kind);
    const named = { ...fields, title: 'Two', author: author.username };
    expect(await save('articles.article', named, { by })).toMatchObject({ kind: 'saved' });
    expect(await db.article.count({ where: { authorId: author.id } })).toBe(2);
    const row = await db.article.findUniqueOrThrow({ where: { id: saved.id } });
    expect(row.created).toEqual(row.modified);
    for (const nobody of ['nobody', '2000000000', 'a\0b']) {
      const refused = await save('articles.article', { ...fields, author: nobody }, { by });
      expect(refused).toMatchObject({ kind: 'refused', errors: { author: [expect.any(String)] } });
    }
  });
});

describe('concurrent edits', () => {
  it('tells the second person who changed what, and saves hers at her second try', async () => {
    const [first, second] = [await makeSuperuser(), await makeSuperuser()];
    const admin = screens('auth.user');
    const user = await makeUser();
    const groupId = await makeGroup('given meanwhile');
    const fields = await untouched(admin, user.id);
    const wanted = { id: user.id, by: first };
    expect(await save('auth.user', { ...fields, groups: [groupId] }, wanted)).toMatchObject({
      kind: 'saved',
    });

    const hers = { ...fields, first_name: 'Hers' };
    const told = await save('auth.user', hers, { id: user.id, by: second });
    if (told.kind !== 'conflict') throw new Error(told.kind);
    const words = (await conflictWords(admin, told.conflict, told.row)).join(' ');
    expect(words).toContain(`${first.username} changed this user`);
    expect(words).toContain('Groups is now “given meanwhile”.');
    expect((await db.user.findUniqueOrThrow({ where: { id: user.id } })).firstName).toBe('');

    const again = { ...hers, _version: told.version };
    expect(await save('auth.user', again, { id: user.id, by: second })).toMatchObject({
      kind: 'saved',
    });
    const row = await db.user.findUniqueOrThrow({ where: { id: user.id } });
    expect(row.firstName).toBe('Hers');
    expect(await db.userGroup.count({ where: { userId: user.id } })).toBe(0);
  });

  it('lets one of two that are sent at once through', async () => {
    const by = await makeSuperuser();
    const user = await makeUser();
    const fields = await untouched(screens('auth.user'), user.id);
    const saved = await Promise.all(
      ['One', 'Two'].map((name) =>
        save('auth.user', { ...fields, first_name: name }, { id: user.id, by }),
      ),
    );
    expect(saved.map(({ kind }) => kind).sort()).toEqual(['conflict', 'saved']);
  });

  it('takes any text for a version without falling over', async () => {
    const user = await makeUser();
    const fields = await untouched(screens('auth.user'), user.id);
    const by = await makeSuperuser();
    const damaged = String(fields['_version']).replace(/^[^.]+/, '');
    for (const _version of [
      '',
      'x',
      'zzzzzzzzzzzzzzzz',
      '-zz',
      damaged,
      `${'z'.repeat(20)}${damaged.replace('.', '.x')}`,
    ]) {
      const saved = await save('auth.user', { ...fields, _version }, { id: user.id, by });
      expect(['saved', 'conflict']).toContain(saved.kind);
    }
  });
});

describe('an old sign-in', () => {
  it('is enough for what gives nobody a right, and for nothing else', async () => {
    const by = await makeSuperuser();
    const user = await makeUser();
    const held = await permissionId('auth.view_user');
    await grant(user, 'auth.view_user');
    const groupId = await makeGroup('for the fresh');
    await joinGroup(user, groupId);
    const fields = await untouched(screens('auth.user'), user.id);
    const wanted = { id: user.id, by, isFresh: false };
    const other = await permissionId('auth.add_user');
    const grants: Fields[] = [
      { is_staff: 'on' },
      { is_superuser: 'on' },
      { user_permissions: [held, other] },
      { groups: [groupId, await makeGroup('another for the fresh')] },
    ];
    for (const asked of grants) {
      const saved = await save('auth.user', { ...fields, ...asked }, wanted);
      expect([asked, saved]).toEqual([asked, { kind: 'stale sign-in' }]);
    }
    const taken = { ...fields, user_permissions: [], groups: [], first_name: 'Plain' };
    expect(await save('auth.user', taken, wanted)).toMatchObject({ kind: 'saved' });
  });

  it('gives a group no permission', async () => {
    const by = await makeSuperuser();
    const permissions = [await permissionId('auth.add_user')];
    const wanted = { by, isFresh: false };
    expect(await save('auth.group', { name: 'Stale', permissions }, wanted)).toEqual({
      kind: 'stale sign-in',
    });
    expect(await save('auth.group', { name: 'Stale' }, wanted)).toMatchObject({ kind: 'saved' });
  });
});
