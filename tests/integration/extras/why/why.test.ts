import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { overrideSettings } from '@/lib/conf/settings';
import { registerBackend } from '@/lib/contrib/auth/backends';
import { users } from '@/lib/contrib/auth/users/managers';
import { PermissionDenied } from '@/lib/core/exceptions';
import { command as why } from '@/lib/extras/why/management/commands/why';
import { grant, joinGroup, makeGroup } from '@/tests/support/auth/grants';
import { freshDatabase } from '@/tests/support/database';
import { run } from '@/tests/support/run-command';

beforeAll(freshDatabase);

describe('why', () => {
  const PERM = 'articles.change_article';
  const PUBLISH = 'articles.publish_article';

  it('prints the sentence and the sources for what is held', async () => {
    const user = await users.createUser({ username: 'why' });
    await joinGroup(user, await makeGroup('Why editors', [PERM]));
    await joinGroup(user, await makeGroup('Why writers', [PERM]));
    await grant(user, PERM);
    expect(await run(why, ['why', PERM])).toMatchObject({
      status: 0,
      out: [
        'why holds articles.change_article directly and through the groups Why editors and Why writers.',
        '  active: yes',
        '  superuser: no',
        '  ModelBackend: yes',
        '    granted directly: yes',
        '    group Why editors: yes',
        '    group Why writers: yes',
      ],
    });
  });

  it('prints where it looked for what is refused, the nearest miss and what would help', async () => {
    const user = await users.createUser({ username: 'why not' });
    await makeGroup('Why publishers', [PUBLISH, 'articles.add_article']);
    await joinGroup(user, await makeGroup('Why readers', ['articles.view_article']));
    expect(await run(why, ['why not', PUBLISH])).toMatchObject({
      status: 1,
      out: [
        'why not does not hold articles.publish_article: it is granted neither directly nor through a group.',
        '  active: yes',
        '  superuser: no',
        '  ModelBackend: no',
        '    granted directly: no',
        '    group Why publishers: no, holds it, without this member',
        '    group Why readers: no, a member, but the group does not hold it',
        'On the same model: articles.view_article.',
        'Any of these would change it:',
        '  grant it directly',
        '  add the user to the group Why publishers, which gives 1 further permission',
      ],
    });
  });

  it('knows superusers, inactive users and backends that refuse', async () => {
    await users.createSuperuser({ username: 'why super' });
    await users.createSuperuser({ username: 'why inactive', isActive: false });
    const held = await run(why, ['why super', PERM]);
    expect(held.status).toBe(0);
    expect(held.out).toContain('  ModelBackend: not reached');
    const refused = await run(why, ['why inactive', PERM]);
    expect(refused.status).toBe(1);
    expect(refused.out).toContain('  superuser: void, but inactive');
    expect(refused.out.at(-1)).toMatch(
      /^ {2}activate the account, which gives \d+ further permiss/,
    );
    const hasPerm = () => Promise.reject(new PermissionDenied());
    onTestFinished(registerBackend({ name: 'Lock', hasPerm }));
    await overrideSettings({ AUTHENTICATION_BACKENDS: ['Lock', 'ModelBackend'] }, async () => {
      const { status, out } = await run(why, ['why', PERM]);
      expect(status).toBe(1);
      expect(out).toContain('  Lock: denied');
      expect(out).toContain('  ModelBackend: not reached');
      expect(out.at(-1)).toBe('  make the user a superuser');
    });
  });

  it.each([
    ['an unknown user', ['nobody', PERM], "There is no user 'nobody'."],
    ['an unknown permission', ['why', 'articles.fly'], "There is no permission 'articles.fly'."],
    ['no permission', ['why'], 'Give a username and a permission.'],
    ['three arguments', ['why', PERM, 'x'], 'Give a username and a permission.'],
  ])('answers %s with status 2', async (_what, args, message) => {
    const { status, err, out } = await run(why, args);
    expect([status, err, out]).toEqual([2, [message], []]);
  });
});
