import { beforeAll, describe, expect, it } from 'vitest';
import { isInstalled, isPersonal } from '@/lib/apps/installed';
import { overrideSettings } from '@/lib/conf/settings';
import type { User } from '@/lib/contrib/auth/models';
import { users } from '@/lib/contrib/auth/users/managers';
import { checkHijack } from '@/lib/extras/hijack/checks';
import { whyNotImpersonate } from '@/lib/extras/hijack/may-impersonate';
import { grant, reload } from '@/tests/support/auth/grants';
import { freshDatabase } from '@/tests/support/database';

beforeAll(freshDatabase);

async function plain(username: string, fields: object, perms: readonly string[]): Promise<User> {
  const user = await users.createUser({ username, ...fields });
  for (const perm of perms) await grant(user, perm);
  return reload(user);
}

describe('who may act as whom', () => {
  it('is so exactly when all that the other holds is held, and the flags allow it', async () => {
    const perms = ['articles.view_article', 'articles.add_article', 'auth.view_user'];
    const [actors, targets] = [[], []] as [User[], User[]];
    for (let world = 0; world < 8; world += 1) {
      const held = perms.filter((_, bit) => (world >> bit) & 1);
      actors.push(await plain(`actor${world}`, {}, ['hijack.add_impersonation', ...held]));
      targets.push(await plain(`target${world}`, {}, held));
    }
    const staff = await plain('aide', { isStaff: true }, []);
    let compared = 0;
    for (const [own, actor] of actors.entries()) {
      for (const [theirs, target] of targets.entries()) {
        const why = await whyNotImpersonate(actor, target);
        expect([own, theirs, why === null]).toEqual([own, theirs, (theirs & ~own) === 0]);
        compared += 1;
      }
      expect(await whyNotImpersonate(actor, staff)).toContain('staff');
    }
    expect(compared).toBe(64);
    const chief = await plain('chief', { isStaff: true }, ['hijack.add_impersonation']);
    const roots = [
      await users.createSuperuser({ username: 'one' }),
      await users.createSuperuser({ username: 'two' }),
    ];
    const [one, two] = roots as [User, User];
    expect(await whyNotImpersonate(one, two)).toContain('superuser');
    await overrideSettings({ HIJACK_STAFF: true, HIJACK_SUPERUSERS: true }, async () => {
      expect(await whyNotImpersonate(chief, staff)).toBeNull();
      expect(await whyNotImpersonate(actors[0] as User, staff)).toContain('staff');
      expect(await whyNotImpersonate(one, two)).toBeNull();
      expect(await whyNotImpersonate(chief, two)).toContain('superuser');
    });
  });

  it('finds what is for the person alone closed: their tokens, sessions, factors and account', () => {
    const personal = ['tokens', 'devices', 'mfa', 'account'].filter(isInstalled);
    expect(personal.length).toBeGreaterThan(0);
    expect(personal.filter(isPersonal)).toEqual(personal);
    expect(isPersonal('articles')).toBe(false);
  });
});

it('a time to act that is none is told by a check', async () => {
  expect(checkHijack()).toEqual([]);
  await overrideSettings({ HIJACK_AGE: 5 }, async () => expect(checkHijack()).toHaveLength(1));
});
