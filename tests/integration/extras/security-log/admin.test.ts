import { beforeAll, describe, expect, it } from 'vitest';
import { deleteRows } from '@/lib/contrib/admin/deletion/deletion';
import { getChangeList } from '@/lib/contrib/admin/list/change-list';
import { users } from '@/lib/contrib/auth/users/managers';
import { db } from '@/lib/db/client';
import { save } from '@/tests/support/admin/object-forms';
import { makeStaff, makeSuperuser, requestOf, screens, signIn } from '@/tests/support/admin/staff';
import { eventsAbout } from '@/tests/support/auth/events-about';
import { makeGroup, permissionId } from '@/tests/support/auth/grants';
import { freshDatabase } from '@/tests/support/database';

beforeAll(freshDatabase);

describe('the security log', () => {
  it('tells changes of what somebody may do from other changes', async () => {
    const by = await makeSuperuser();
    const target = await users.createUser({ username: 'watched' });
    const groupId = await makeGroup('watchers');
    const fields = { username: 'watched', is_active: 'on', first_name: 'W' };
    const more = { ...fields, groups: String(groupId), is_staff: 'on' };
    for (const each of [fields, more, more]) await save('auth.user', each, { id: target.id, by });
    const events = await eventsAbout(target.id);
    expect(events.map(({ event }) => event)).toEqual([
      'user_updated',
      'privilege_permissions_changed',
    ]);
    expect(JSON.parse(events[1]?.detail ?? '')).toMatchObject({
      isStaff: true,
      groupsGiven: ['watchers'],
      groupsTaken: [],
    });
  });

  it("names the permissions that a group's members were given and lost", async () => {
    const by = await makeSuperuser();
    const id = await makeGroup('renamed');
    const [add, view] = [
      await permissionId('articles.add_article'),
      await permissionId('articles.view_article'),
    ];
    await save('auth.group', { name: 'renamed', permissions: [view] }, { id, by });
    for (const permissions of [[view], [add]]) {
      await save('auth.group', { name: 'renamed again', permissions }, { id, by });
    }
    const events = await db.securityLogEntry.findMany({
      where: { actorId: by.id },
      orderBy: { id: 'asc' },
    });
    expect(events.map(({ event, detail }) => [event, JSON.parse(detail)])).toEqual([
      [
        'privilege_permissions_changed',
        { group: 'renamed', groupId: id, members: 0, given: ['articles.view_article'], taken: [] },
      ],
      [
        'privilege_permissions_changed',
        {
          group: 'renamed again',
          groupId: id,
          members: 0,
          given: ['articles.add_article'],
          taken: ['articles.view_article'],
        },
      ],
    ]);
  });

  it('keeps who was deleted, and ends their sessions', async () => {
    const by = await makeSuperuser();
    const target = await users.createUser({ username: 'deleted' });
    await signIn(target);
    await deleteRows(screens('auth.user'), [target.id], requestOf(by));
    expect(await eventsAbout(target.id)).toMatchObject([
      { event: 'user_deleted', targetUsername: 'deleted', actorId: by.id },
    ]);
    expect(await db.session.count({ where: { userId: target.id } })).toBe(0);
  });

  it('keeps whose session was ended, and that waits were lifted', async () => {
    const by = await makeSuperuser();
    const target = await users.createUser({ username: 'ended' });
    const { session } = await signIn(target);
    await deleteRows(screens('sessions.session'), [session.id ?? 0], requestOf(by));
    expect(await db.session.count({ where: { userId: target.id } })).toBe(0);
    expect((await eventsAbout(target.id)).at(-1)).toMatchObject({ event: 'session_expired' });
    const now = new Date();
    const { id } = await db.throttle.create({
      data: {
        kind: 'login',
        scope: 'network',
        key: '192.0.2.9',
        tries: 60,
        refused: 1,
        blockedUntil: now,
        started: now,
      },
    });
    const { count } = await deleteRows(screens('security.throttle'), [id], requestOf(by));
    expect(count).toBe(1);
    const where = { event: 'authz_admin', actorId: by.id };
    expect(await db.securityLogEntry.count({ where })).toBe(1);
  });

  it('is never changed or emptied by hand', async () => {
    const by = await makeSuperuser();
    const { id } = await db.securityLogEntry.findFirstOrThrow();
    const request = requestOf(by);
    await expect(deleteRows(screens('security.securitylogentry'), [id], request)).rejects.toThrow();
    const entry = await db.logEntry.findFirstOrThrow();
    await expect(deleteRows(screens('admin.logentry'), [entry.id], request)).rejects.toThrow();
  });

  it('is searched by what happened, groups by who may view groups', async () => {
    const by = await makeSuperuser();
    const perm = await permissionId('articles.add_article');
    for (const name of ['Über_Moderators', 'UberXModerators']) {
      const id = await makeGroup(name);
      await save('auth.group', { name, permissions: [perm] }, { id, by });
    }
    const found = async (q: string, viewer = by) => {
      const params = new URLSearchParams({ q });
      const list = await getChangeList(screens('security.securitylogentry'), viewer, params);
      return list.count.value;
    };
    expect(await found('über_moderators')).toBe(0);
    expect(await found('Über_moderators')).toBe(1);
    expect(await found('MODERATORS add_article')).toBe(2);
    expect(await found('xmoderators %')).toBe(0);
    const reads = await makeStaff('security.view_securitylogentry');
    expect(await found('moderators', reads)).toBe(0);
    const seesGroups = await makeStaff('security.view_securitylogentry', 'auth.view_group');
    expect(await found('moderators', seesGroups)).toBe(2);
    expect(await found('successful', reads)).toBe(0);
  });
});
