import { beforeAll, describe, expect, it } from 'vitest';
import { changeForm } from '@/lib/contrib/admin/form/change-form';
import { readSnapshot } from '@/lib/contrib/admin/form/snapshot';
import { db } from '@/lib/db/client';
import { BODY_HELP, BODY_MAX_LENGTH } from '@/lib/site/articles/apps';
import { makeUser, save, untouched } from '@/tests/support/admin/object-forms';
import { makeSuperuser, screens } from '@/tests/support/admin/staff';
import { makeGroup, permissionId } from '@/tests/support/auth/grants';
import { freshDatabase } from '@/tests/support/database';

beforeAll(freshDatabase);

function historyOf(id: number, key: string) {
  const model = key.split('.')[1] ?? '';
  return db.logEntry.findMany({
    where: { objectId: String(id), contentType: { model } },
    orderBy: { id: 'asc' },
  });
}

describe('saveObject', () => {
  it('adds a group with its permissions, and logs it as Django does', async () => {
    const by = await makeSuperuser();
    const permissions = [await permissionId('auth.add_user'), await permissionId('auth.view_user')];
    const saved = await save('auth.group', { name: ' Editors ', permissions }, { by });
    if (saved.kind !== 'saved') throw new Error(saved.kind);
    expect(saved.str).toBe('Editors');
    const held = await db.groupPermission.findMany({ where: { groupId: Number(saved.id) } });
    expect(held.map((row) => row.permissionId).sort()).toEqual(permissions.sort());
    const [entry] = await historyOf(Number(saved.id), 'auth.group');
    expect(entry).toMatchObject({ actionFlag: 1, objectRepr: 'Editors', userId: by.id });
    expect(entry?.changeMessage).toBe('[{"added": {}}]');
  });

  it('says beside an article’s body how long it may be, and keeps to it', async () => {
    const admin = screens('articles.article');
    const { sections } = await changeForm(admin, null, { canChange: true });
    const help = sections.flatMap(({ fields }) => fields).find(({ name }) => name === 'body')?.help;
    expect([help, BODY_HELP]).toEqual(Array(2).fill('At most 100,000 characters.'));
    const by = await makeSuperuser();
    const body = 'x'.repeat(BODY_MAX_LENGTH);
    const longest = await save('articles.article', { title: 'Long', body }, { by });
    expect(longest.kind).toBe('saved');
    const longer = await save('articles.article', { title: 'Longer', body: `${body}x` }, { by });
    expect(longer).toMatchObject({ kind: 'refused' });
  });

  it('changes what differs and nothing else, and logs its labels in the order of the form', async () => {
    const by = await makeSuperuser();
    const user = await makeUser();
    const groupId = await makeGroup('joined by form');
    const fields = await untouched(screens('auth.user'), user.id);
    const changed = { ...fields, first_name: 'Zoë', is_staff: 'on', groups: [groupId] };
    const saved = await save('auth.user', changed, { id: user.id, by });
    expect(saved).toMatchObject({ kind: 'saved', id: user.id, str: user.username });
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
      '[{"changed": {"fields": ["First name", "Staff status", "Groups"]}}, {"moved": {"joined": ["joined by form"]}}]',
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
    ['email', 'nowhere', 'not a valid email'],
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
    const row = await db.article.findUniqueOrThrow({ where: { id: Number(saved.id) } });
    expect(row.created).toEqual(row.modified);
    for (const nobody of ['nobody', '2000000000', 'a\0b']) {
      const refused = await save('articles.article', { ...fields, author: nobody }, { by });
      expect(refused).toMatchObject({ kind: 'refused', errors: { author: [expect.any(String)] } });
    }
  });
});

describe('readSnapshot', () => {
  it('reads no password, neither of the row nor of one that it names', async () => {
    const by = await makeSuperuser();
    const author = await makeUser();
    const fields = { title: 'Three', body: 'Text', author: String(author.id) };
    const saved = await save('articles.article', fields, { by });
    const { id } = saved.kind === 'saved' ? saved : { id: 0 };
    const rows = [
      await readSnapshot(db, screens('auth.user'), author.id),
      await readSnapshot(db, screens('articles.article'), id),
    ];
    expect(rows[1]?.['author']).toMatchObject({ username: author.username });
    for (const row of rows) expect(JSON.stringify(row)).not.toContain('password');
  });
});
