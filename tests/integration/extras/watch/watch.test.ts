import { beforeAll, describe, expect, it } from 'vitest';
import { defineConfig } from '@/lib/apps/define-config';
import { sessionStream } from '@/lib/apps/installed';
import { allConfigs, populate } from '@/lib/apps/registry';
import { overrideSettings, settings } from '@/lib/conf/settings';
import { PermissionDenied } from '@/lib/core/exceptions';
import { db } from '@/lib/db/client';
import { look, watcherCount, watchSession } from '@/lib/extras/watch/watchers';
import { grant, joinGroup, makeGroup, permissionId } from '@/tests/support/auth/grants';
import { freshDatabase } from '@/tests/support/database';
import { statementsOf } from '@/tests/support/statements';
import { CHANGES, ENDS } from './changes';
import {
  ask,
  cookieOf,
  drawnState,
  eventOf,
  follow,
  idOf,
  LOOKS_BY_ITSELF_NEVER,
  letGoOfTabs,
  opened,
  person,
} from './tabs';
import './acting';

beforeAll(freshDatabase);
letGoOfTabs();

describe('an open tab', () => {
  it.each(Object.entries(ENDS))('is told once of %s, and let go', async (_what, end) => {
    const { user, cookie } = await person();
    const { read, first } = await follow(cookie);
    expect(eventOf(first)).toBe('watching');
    await end(user);
    await look();
    expect(eventOf(await read())).toBe('ended');
    expect(await read()).toBe('closed');
    expect(watcherCount()).toBe(0);
  });

  it.each(Object.entries(CHANGES))('is told of %s that is given', async (_what, change) => {
    const { user, cookie } = await person();
    const { read, first } = await follow(cookie);
    await change(user);
    await look();
    const told = await read();
    expect(eventOf(told)).toBe('changed');
    expect(idOf(told)).not.toBe(idOf(first));
    expect(told).toBe(`id: ${idOf(told)}\nevent: changed\ndata:\n\n`);
  });

  it('is told of what a group loses, and of one permission in the place of another', async () => {
    const { user, cookie } = await person();
    const groupId = await makeGroup(`Readers ${user.id}`, ['auth.view_user']);
    await joinGroup(user, groupId);
    const { read } = await follow(cookie);
    await db.groupPermission.deleteMany({ where: { groupId } });
    await look();
    expect(eventOf(await read())).toBe('changed');
    const data = { groupId, permissionId: await permissionId('auth.view_group') };
    await db.groupPermission.create({ data });
    await look();
    expect(eventOf(await read())).toBe('changed');
  });

  it('is told nothing of others, and nothing while nothing changes', async () => {
    const [one, other] = [await person(), await person()];
    const { read } = await follow(one.cookie);
    await grant(other.user, 'auth.view_user');
    await look();
    await look();
    await grant(one.user, 'auth.view_group');
    await look();
    expect(eventOf(await read())).toBe('changed');
  });

  it('hears what has changed since it was cut off', async () => {
    const { user, cookie } = await person();
    const { first } = await follow(cookie);
    await grant(user, 'auth.view_user');
    const again = await follow(cookie, { 'last-event-id': idOf(first) });
    expect(eventOf(again.first)).toBe('changed');
    const third = await follow(cookie, { 'last-event-id': idOf(again.first) });
    expect(eventOf(third.first)).toBe('watching');
  });

  it.each(Object.entries(CHANGES))(
    'hears of %s given since its page was drawn',
    async (_what, change) => {
      const { user, cookie } = await person();
      const drawn = await drawnState(cookie);
      const first = await follow(cookie, { 'last-event-id': drawn });
      expect([eventOf(first.first), idOf(first.first)]).toEqual(['watching', drawn]);
      await change(user);
      const second = await follow(cookie, { 'last-event-id': drawn });
      expect([eventOf(second.first), idOf(second.first)]).toEqual([
        'changed',
        await drawnState(cookie),
      ]);
      await grant(user, 'auth.delete_user');
      await look();
      expect(eventOf(await second.read())).toBe('changed');
    },
  );

  it('is told nothing when its own session only gets another key', async () => {
    const { user, cookie } = await person();
    const { first } = await follow(cookie);
    const next = await follow(await cookieOf(user), { 'last-event-id': idOf(first) });
    expect(eventOf(next.first)).toBe('watching');
  });

  it('hears what another one has heard while its own question was on its way', async () => {
    const { user, cookie } = await person();
    await follow(cookie);
    const { id } = await db.session.findFirstOrThrow({ where: { userId: user.id } });
    const told: string[] = [];
    const watcher = { tell: (event: string) => void told.push(event), close() {} };
    const leave = watchSession(id, 'as it was before', watcher);
    await look();
    leave?.();
    expect(told).toEqual(['changed']);
  });

  it('is answered without a stream where it asks for none', async () => {
    const { cookie } = await person();
    const { first } = await follow(cookie);
    const response = await ask(cookie, 'application/json');
    expect(await response.json()).toEqual({ state: idOf(first) });
  });
});

describe('the stream', () => {
  it('is kept by no cache and packed by no proxy', async () => {
    const { response } = await follow((await person()).cookie);
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    expect(response.headers.get('cache-control')).toBe('no-store, no-transform');
    expect(response.headers.get('x-accel-buffering')).toBe('no');
  });

  it('is none for a stranger, nor for a cookie whose session has ended', async () => {
    const { user, cookie } = await person();
    await db.session.deleteMany({ where: { userId: user.id } });
    for (const stale of ['', cookie]) {
      const response = await ask(stale);
      expect(response.status).toBe(302);
      expect(response.headers.get('location')).toMatch(/^\/accounts\/login\//);
    }
    expect(watcherCount()).toBe(0);
  });

  it('is there for whoever is sent to set up a second factor meanwhile', async () => {
    const { cookie } = await person();
    const admission = async () => Promise.reject(new PermissionDenied('A second factor is due.'));
    const configs = allConfigs();
    populate([...configs, defineConfig('watch', { admissions: [admission] })]);
    try {
      expect((await ask(cookie, 'application/json')).status).toBe(200);
    } finally {
      populate(configs);
    }
  });

  it('is none while the app is out, and pages are told of none', async () => {
    const { cookie } = await person();
    const INSTALLED_APPS = settings.INSTALLED_APPS.filter((label) => label !== 'watch');
    await overrideSettings({ INSTALLED_APPS }, async () => {
      expect((await ask(cookie)).status).toBe(404);
      expect(sessionStream()).toBeNull();
    });
    expect(sessionStream()).toBe('/accounts/watch/');
  });

  it('is refused beyond three of a session and beyond the most of a process', async () => {
    const [one, other] = [await person(), await person()];
    for (const _ of [1, 2, 3]) await follow(one.cookie);
    expect((await ask(one.cookie)).status).toBe(503);
    await overrideSettings({ WATCH_MAX: 3 }, async () => {
      expect((await ask(other.cookie)).status).toBe(503);
    });
    expect(watcherCount()).toBe(3);
  });

  it('costs one statement for all, and writes nothing', async () => {
    const people = [await person(), await person(), await person()];
    for (const { cookie } of people) await follow(cookie);
    const before = await db.session.findMany();
    const statements = await statementsOf(look);
    expect(statements).toHaveLength(1);
    expect(statements[0]).toMatch(/^\s*SELECT/);
    expect(await db.session.findMany()).toEqual(before);
  });

  it('is let go when the browser leaves', async () => {
    const { response } = await follow((await person()).cookie);
    expect(watcherCount()).toBe(1);
    await opened[0]?.cancel();
    expect(watcherCount()).toBe(0);
    expect(response.ok).toBe(true);
  });

  it('is let go when the browser has left before anything of it was read', async () => {
    const { cookie } = await person();
    const leaving = new AbortController();
    await overrideSettings(LOOKS_BY_ITSELF_NEVER, async () => {
      const { status } = await ask(cookie, undefined, {}, leaving.signal);
      expect([status, watcherCount()]).toEqual([200, 1]);
      leaving.abort();
      expect(watcherCount()).toBe(0);
      await ask(cookie, undefined, {}, leaving.signal);
      expect(watcherCount()).toBe(0);
    });
  });

  it('is let go when the process is about to end, and none is opened then', async () => {
    const { cookie } = await person();
    const { read } = await follow(cookie);
    const shutdown = Reflect.get(globalThis, Symbol.for('gatehouse.http.shutdown'));
    Object.assign(shutdown, { isDraining: true });
    try {
      await look();
      expect(await read()).toBe('closed');
      expect((await ask(cookie)).status).toBe(503);
    } finally {
      Object.assign(shutdown, { isDraining: false });
    }
  });

  it('outlives a database that does not answer', async () => {
    const { user, cookie } = await person();
    const { read } = await follow(cookie);
    const warned: unknown[] = [];
    console.warn = (line: unknown) => void warned.push(line);
    await db.$executeRaw`ALTER TABLE auth_session RENAME TO auth_session_away`;
    await look();
    await look();
    await db.$executeRaw`ALTER TABLE auth_session_away RENAME TO auth_session`;
    expect(warned).toHaveLength(1);
    await grant(user, 'auth.view_user');
    await look();
    expect(eventOf(await read())).toBe('changed');
  });
});
