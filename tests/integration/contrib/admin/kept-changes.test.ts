import { beforeAll, describe, expect, it } from 'vitest';
import { overrideSettings } from '@/lib/conf/settings';
import { deleteRows } from '@/lib/contrib/admin/deletion/deletion';
import { changeForm } from '@/lib/contrib/admin/form/change-form';
import { readSnapshot } from '@/lib/contrib/admin/form/snapshot';
import { objectHistory } from '@/lib/contrib/admin/history';
import { formThen } from '@/lib/contrib/admin/kept/form-then';
import { keptIn, keptMessages } from '@/lib/contrib/admin/kept/kept-changes';
import { toldChanges } from '@/lib/contrib/admin/kept/told-changes';
import { getField } from '@/lib/contrib/admin/meta';
import { adminSeenBy } from '@/lib/contrib/admin/private-names';
import { userLocks } from '@/lib/contrib/auth/admin/rights/locks';
import type { User } from '@/lib/contrib/auth/models';
import { db } from '@/lib/db/client';
import { type Fields, makeUser, save, untouched } from '@/tests/support/admin/object-forms';
import { makeStaff, makeSuperuser, requestOf, screens } from '@/tests/support/admin/staff';
import { makeGroup } from '@/tests/support/auth/grants';
import { freshDatabase } from '@/tests/support/database';

const KEEPS = { ADMIN_LOG_VALUES: true };

let root: User;

const admin = () => screens('auth.user');

beforeAll(freshDatabase);
beforeAll(async () => {
  root = await makeSuperuser();
});

async function change(id: number, fields: Fields): Promise<void> {
  const sent = { ...(await untouched(admin(), id)), ...fields };
  const saved = await overrideSettings(KEEPS, () => save('auth.user', sent, { id, by: root }));
  if (saved.kind !== 'saved') throw new Error(saved.kind);
}

const entriesOf = async (id: number) => (await objectHistory(admin(), id, 1)).entries;

async function told(id: number, viewer = root) {
  const seen = await adminSeenBy(admin(), viewer);
  return [...(await toldChanges(seen, await entriesOf(id))).values()];
}

async function then(id: number, entry: number | undefined, viewer = root) {
  const row = await readSnapshot(db, admin(), id);
  if (!row) throw new Error('It is gone.');
  const locks = await userLocks(row, viewer);
  const view = await changeForm(admin(), row, { canChange: true, user: viewer, locks });
  return formThen(admin(), view, { user: viewer, row, entry: String(entry) });
}

describe('the history of a row', () => {
  it('tells from what to what each field went, in the words of the form', async () => {
    const { id } = await makeUser();
    const [one, two] = [await makeGroup('kept one'), await makeGroup('kept two')];
    await change(id, { first_name: 'Ada', is_staff: 'on', groups: [one] });
    await change(id, { first_name: '', groups: [two] });
    expect(await told(id)).toEqual([
      [
        { label: 'First name', from: 'nothing', to: '“Ada”' },
        { label: 'Staff status', from: 'no', to: 'yes' },
        { label: 'Groups', added: ['kept one'], removed: [] },
      ],
      [
        { label: 'First name', from: '“Ada”', to: 'nothing' },
        { label: 'Groups', added: ['kept two'], removed: ['kept one'] },
      ],
    ]);
    await db.group.deleteMany({ where: { id: -1 } });
    await db.userGroup.deleteMany({ where: { groupId: two } });
    await db.group.delete({ where: { id: two } });
    expect((await told(id))[1]?.[1]).toMatchObject({ added: ['one that is gone'] });
  });

  it('never keeps a password, and nothing of a row that is deleted', async () => {
    const user = await makeUser();
    await change(user.id, { first_name: 'Secretive' });
    const { meta } = admin();
    const before = await readSnapshot(db, admin(), user.id);
    const values = { password: 'another', firstName: 'Ada' };
    const both = [getField(meta, 'password'), getField(meta, 'firstName')];
    const messages = async () => keptMessages(meta, both, { before, values });
    expect(await messages()).toEqual([]);
    expect(await overrideSettings(KEEPS, messages)).toEqual([
      { was: { first_name: ['Secretive', 'Ada'] } },
    ]);
    const kept = async () => {
      const where = { objectId: String(user.id), changeMessage: { contains: 'Secretive' } };
      return db.logEntry.count({ where });
    };
    expect(await kept()).toBe(1);
    await deleteRows(admin(), [user.id], requestOf(root));
    expect(await kept()).toBe(0);
    const where = { objectId: String(user.id), actionFlag: 2 };
    expect((await db.logEntry.findMany({ where }))[0]?.changeMessage).toBe(
      '[{"changed": {"fields": ["First name"]}}]',
    );
  });

  it('says nothing of what it cannot read', () => {
    for (const text of ['[{"was"', '[{"was": 1}]', '[{"was": {"a": ["b"]}}]', '{"was": {}}']) {
      expect([text, keptIn(text)]).toEqual([text, null]);
    }
  });
});

describe('the form as it was before an entry', () => {
  it('goes back over all entries since, and keeps the version of now', async () => {
    const { id } = await makeUser();
    const [one, two] = [await makeGroup('back one'), await makeGroup('back two')];
    await change(id, { first_name: 'Ada', groups: [one] });
    await change(id, { first_name: 'Grace', last_name: 'Hopper', groups: [two] });
    const [first, second] = await entriesOf(id);
    expect((await then(id, second?.id))?.view.values).toMatchObject({
      first_name: 'Ada',
      last_name: '',
      groups: String(one),
    });
    const whole = await then(id, first?.id);
    expect(whole?.view.values).toMatchObject({ first_name: '', groups: '' });
    expect([whole?.isWhole, whole?.time]).toEqual([true, first?.actionTime]);
    const drawn = await changeForm(admin(), await readSnapshot(db, admin(), id), {
      canChange: true,
    });
    const digests = (version = '') => version.split('.').slice(1);
    expect(digests(whole?.view.version)).toEqual(digests(drawn.version));
  });

  it('says where the history does not keep it all, and knows no entry of another row', async () => {
    const [{ id }, other] = [await makeUser(), await makeUser()];
    await change(id, { first_name: 'Ada' });
    await change(other.id, { first_name: 'Other' });
    const [first] = await entriesOf(id);
    const [foreign] = await entriesOf(other.id);
    expect(await then(id, foreign?.id)).toBeNull();
    await db.logEntry.updateMany({
      where: { id: first?.id ?? 0 },
      data: { changeMessage: '[{"changed": {"fields": ["First name"]}}]' },
    });
    expect(await then(id, first?.id)).toMatchObject({ isWhole: false });
  });

  it('offers limited staff nothing that they may not give', async () => {
    const { id } = await makeUser();
    const group = await makeGroup('beyond them', ['articles.delete_article']);
    await change(id, { groups: [group] });
    await change(id, { first_name: 'Ada', groups: [] });
    const staff = await makeStaff('auth.change_user', 'auth.view_user', 'auth.view_group');
    const [, taken] = await entriesOf(id);
    expect((await then(id, taken?.id))?.view.values['groups']).toBe(String(group));
    const seen = (await then(id, taken?.id, staff))?.view.values;
    expect([seen?.['first_name'], seen?.['groups']]).toEqual(['', '']);
  });
});
