import { beforeEach, describe, expect, it } from 'vitest';
import { overrideSettings } from '@/lib/conf/settings';
import { membershipNotes } from '@/lib/contrib/auth/permissions/membership-notes';
import { groupsOf } from '@/lib/contrib/auth/users/user-joins';
import { db } from '@/lib/db/client';
import { save, untouched } from '@/tests/support/admin/object-forms';
import { makeSuperuser, screens } from '@/tests/support/admin/staff';
import type { setUp } from '@/tests/support/socialaccount/set-up';

const GROUPS = { claim: 'groups', map: { '/editors': 'Editors', '/press': 'Press' } };

/** Memberships by what a provider says. */
export function claimedGroups(site: ReturnType<typeof setUp>): void {
  beforeEach(site.empty);
  beforeEach(async () => {
    await db.group.deleteMany();
    await db.group.createMany({ data: ['Editors', 'Press', 'Staff'].map((name) => ({ name })) });
  });

  async function signInWith(groups: unknown, more: object = {}, id = 'acme'): Promise<string[]> {
    site.provider().people.set('1', { preferred_username: 'ada', groups, ...more });
    const browser = site.traveller({ signup: 'open', groups: GROUPS });
    const { location } = await browser.signIn(site.provider(), '1', id);
    expect(location).toBe('/dashboard/');
    return names();
  }
  const adaId = async () => (await db.user.findFirstOrThrow({ where: { username: 'ada' } })).id;
  async function names(): Promise<string[]> {
    const ids = await groupsOf(db, await adaId());
    const rows = await db.group.findMany({ where: { id: { in: ids } }, orderBy: { name: 'asc' } });
    return rows.map(({ name }) => name);
  }
  async function byHand(name: string): Promise<void> {
    const group = await db.group.findFirstOrThrow({ where: { name } });
    const userId = await adaId();
    await db.userGroup.create({ data: { userId, groupId: group.id } });
  }

  describe('the groups of a provider', () => {
    it('are joined and left at each sign-in, those that its map names', async () => {
      expect(await signInWith(['/editors', 'Staff', 'Press'])).toEqual(['Editors']);
      expect(await signInWith(['/editors', '/press'])).toEqual(['Editors', 'Press']);
      expect(await signInWith('/press')).toEqual(['Press']);
      expect(await signInWith(undefined)).toEqual([]);
    });

    it('leave what somebody gave by hand, in the same groups and in others', async () => {
      await signInWith([]);
      await byHand('Editors');
      await byHand('Staff');
      expect(await signInWith(['/editors', '/press'])).toEqual(['Editors', 'Press', 'Staff']);
      expect(await signInWith([])).toEqual(['Editors', 'Staff']);
    });

    it('are a person’s to give once a person has taken them', async () => {
      await signInWith(['/editors', '/press']);
      const [editors, press] = await db.group.findMany({ orderBy: { name: 'asc' } });
      const [root, id] = [await makeSuperuser(), await adaId()];
      for (const held of [[press?.id ?? 0], [editors?.id ?? 0, press?.id ?? 0]]) {
        const fields = await untouched(screens('auth.user'), id);
        const groups = held.map(String);
        const answer = await save('auth.user', { ...fields, groups }, { id, by: root });
        expect(answer.kind).toBe('saved');
      }
      expect(await db.groupSource.findMany()).toMatchObject([{ groupId: press?.id }]);
      expect(await signInWith([])).toEqual(['Editors']);
    });

    it('say where they came from and since when', async () => {
      await signInWith(['/editors']);
      const rows = await db.groupSource.findMany();
      expect(rows).toMatchObject([{ source: 'provider acme', userId: await adaId() }]);
      await signInWith(['/editors']);
      expect(await db.groupSource.findMany()).toEqual(rows);
      const [row] = rows;
      const told = () => membershipNotes([row?.userId ?? 0]);
      expect(await told()).toEqual([]);
      expect(await overrideSettings(site.settingsWith({ groups: GROUPS }), told)).toEqual([
        {
          userId: row?.userId,
          groupId: row?.groupId,
          note: expect.stringMatching(/^by Acme since \d{1,2} \w+ \d{4}$/),
        },
      ]);
    });

    it('are left alone where the provider cannot tell them all', async () => {
      await signInWith(['/editors']);
      const many = Array.from({ length: 201 }, (_, i) => `/other-${i}`);
      expect(await signInWith(many)).toEqual(['Editors']);
      const overage = { _claim_names: { groups: 'src1' } };
      expect(await signInWith(undefined, overage)).toEqual(['Editors']);
      const where = { event: 'privilege_permissions_changed' };
      const log = await db.securityLogEntry.findMany({ where, orderBy: { id: 'asc' } });
      expect(log.at(-1)?.detail).toContain('too many groups');
      expect(log[0]?.detail).toContain('Editors');
    });

    it('make nobody staff, and come by names of the map only', async () => {
      await signInWith(['__proto__', 'constructor', '/editors'], {
        is_staff: true,
        is_superuser: true,
      });
      expect(await names()).toEqual(['Editors']);
      const ada = await db.user.findFirstOrThrow({ where: { username: 'ada' } });
      expect(ada).toMatchObject({ isStaff: false, isSuperuser: false });
    });
  });
}
