import { afterEach, beforeEach, expect, it } from 'vitest';
import { authenticate, login } from '@/lib/contrib/auth';
import { userAdmin } from '@/lib/contrib/auth/admin/user';
import { command as giveback } from '@/lib/contrib/auth/management/commands/giveback';
import { users } from '@/lib/contrib/auth/users/managers';
import { command as migrate } from '@/lib/core/management/commands/migrate';
import { db } from '@/lib/db/client';
import { save, untouched } from '@/tests/support/admin/object-forms';
import { grant } from '@/tests/support/auth/grants';
import { requestWith, save as saveSession } from '@/tests/support/auth/sign-in';
import { emptyDatabase } from '@/tests/support/database';
import { djangosSessions } from '@/tests/support/django-site/django-sessions';
import { run } from '@/tests/support/run-command';
import { djangosCosts } from './costs';
import { Django } from './django';
import { count, describeWithDjango } from './oracle';

const ADA = { username: 'ada', password: 'correct horse 42' };
type State = { users: { username: string }[]; groups: { name: string }[] };

describeWithDjango('a database that is given back', () => {
  let django: Django;
  let tearDown: () => Promise<void>;
  let ownSettings: () => void;

  beforeEach(async () => {
    tearDown = await emptyDatabase();
    ownSettings = djangosSessions();
    django = new Django(djangosCosts, 'PBKDF2PasswordHasher');
  });

  afterEach(async () => {
    ownSettings();
    await django?.stop();
    await tearDown?.();
  });

  /** People, what they hold, the history of it and a session of ada, all made here. */
  async function liveHere(): Promise<{ key: string; before: State }> {
    const boss = await users.createSuperuser({ username: 'boss', password: ADA.password });
    const ada = await users.createUser({ ...ADA, email: 'ada@example.com' });
    const group = await db.group.create({ data: { name: 'Editors' } });
    const { id: permissionId } = await db.permission.findFirstOrThrow({
      where: { codename: 'view_group' },
    });
    await db.groupPermission.create({ data: { groupId: group.id, permissionId } });
    await grant(ada, 'auth.view_user');
    const fields = await untouched(userAdmin(), ada.id);
    const changed = { ...fields, first_name: 'Ada', groups: [group.id] };
    await save('auth.user', changed, { id: ada.id, by: boss });
    const request = await requestWith();
    const user = await authenticate(null, ADA);
    if (!user) throw new Error('Nobody was let in.');
    await login(request, user);
    const { key } = await saveSession(request);
    return { key, before: await django.ask<State>('state') };
  }

  async function expectAlone({ key, before }: { key: string; before: State }): Promise<void> {
    const tables = await django.ask<string[]>('django_tables');
    expect((await django.ask<string[]>('all_tables')).toSorted()).toEqual(tables.toSorted());
    expect(await django.ask('triggers')).toBe(0);
    expect(await django.ask('state')).toEqual(before);
    expect(before).toMatchObject({
      users: [{ username: 'boss' }, { username: 'ada', firstName: 'Ada', groups: ['Editors'] }],
    });
    expect(await django.ask('visit', { cookies: { sessionid: key } })).toMatchObject({
      username: 'ada',
    });
    expect(await django.ask('signs_in', ADA)).toBe(true);
    const history = await django.ask<string[][]>('history');
    expect(history).toHaveLength(1);
    expect(history[0]?.join(' ')).toMatch(/^boss Changed .ada. — Changed First name and Groups\./);
    expect(await django.ask('migrate')).toContain('No migrations to apply.');
    expect(await django.ask('pending_migrations')).toBe('');
    count(8);
  }

  /** What Django does with it from then on, which ours would have a part in. */
  async function goOnAlone(): Promise<void> {
    await django.ask('create_user', { username: 'eve', email: 'eve@example.com', password: 'x' });
    await django.ask('change_user', { username: 'eve', changes: { email: 'e@example.com' } });
    await django.ask('remake_users');
    await django.ask('delete_user', { username: 'eve' });
    await django.ask('delete_group', { group: 'Editors' });
    const apps = ['admin', 'auth', 'contenttypes', 'sessions'];
    expect(await django.ask('remove_stale')).toEqual(apps);
    await django.ask('delete_user', { username: 'ada' });
    count(7);
  }

  it('that Django made serves it alone, with all that was made here, and may be adopted again', async () => {
    await django.ask('migrate');
    await run(migrate, []);
    const lived = await liveHere();
    const tables = await django.ask<string[]>('all_tables');
    const { status, err } = await run(giveback, ['--drop'], ['no']);
    expect([status, err]).toEqual([1, ['Nothing was dropped.']]);
    expect(await django.ask('all_tables')).toEqual(tables);
    expect((await run(giveback, ['--drop', '--noinput'])).status).toBe(0);
    await expectAlone(lived);
    const again = await run(migrate, []);
    expect(again.out[0]).toBe("Adopted Django's tables: 0001_django is marked as applied.");
    await run(giveback, ['--drop', '--noinput']);
    await expectAlone(lived);
    await goOnAlone();
  });

  it('that was made here serves Django alone, by the statements that are printed', async () => {
    await run(migrate, []);
    for (const app of ['contenttypes', 'auth', 'admin']) {
      await django.ask('migrate', { arguments: ['--fake', app] });
    }
    await django.ask('migrate');
    const lived = await liveHere();
    const { out } = await run(giveback, []);
    expect(out.slice(0, 2)).toEqual([
      "-- Stop Gatehouse and make a backup first. Django's own tables stay, row by row.",
      '-- Sessions go on at Django, those that began here too.',
    ]);
    const statements = out.filter((line) => !line.startsWith('--'));
    for (const statement of statements) await django.ask('execute', { statement });
    await expectAlone(lived);
    await goOnAlone();
  });
});
