import { beforeAll, describe, expect, it } from 'vitest';
import { getChangeList } from '@/lib/contrib/admin/list/change-list';
import type { User } from '@/lib/contrib/auth/models';
import { db } from '@/lib/db/client';
import { isActive, person, told } from '@/tests/support/admin/list-form';
import { makeSuperuser, screens } from '@/tests/support/admin/staff';
import { freshDatabase } from '@/tests/support/database';

let root: User;

beforeAll(freshDatabase);
beforeAll(async () => {
  root = await makeSuperuser();
});

describe('select_across', () => {
  const across = { action: 'deactivate', select_across: '1' };
  const paged = () => {
    const admin = screens('auth.user');
    return { ...admin, options: { ...admin.options, listPerPage: 2 } };
  };
  const listed = async (query: string) =>
    (await getChangeList(paged(), root, new URLSearchParams(query))).listed ?? '';

  it.each<[string, (crowd: User[], name: string) => Promise<unknown>]>([
    ['one came', (_, name) => person(name)],
    ['one went', ([first]) => db.user.delete({ where: { id: first?.id ?? 0 } })],
    [
      'one came and one went',
      async ([first], name) => {
        await db.user.delete({ where: { id: first?.id ?? 0 } });
        return person(name);
      },
    ],
    [
      'one fits no more',
      ([first]) => db.user.update({ where: { id: first?.id ?? 0 }, data: { isActive: false } }),
    ],
  ])('does nothing, and says so: %s', async (_, change) => {
    const name = `set${Math.random().toString(36).slice(2, 8)}x`;
    const crowd = [];
    for (let i = 0; i < 4; i += 1) crowd.push(await person(name));
    const _query = `q=${name}&is_active__exact=1`;
    const fields = { ...across, _query, _listed: await listed(_query) };
    await change(crowd, name);
    const rest = crowd.slice(1);
    for (const action of ['deactivate', 'delete_selected']) {
      const outcome = await told(root, { ...fields, action }, paged());
      expect(outcome).toEqual({
        level: 'warning',
        text: 'The list holds other users than when you ticked all of it. Nothing has been done: look at it again.',
      });
    }
    expect(await isActive(...rest)).toEqual([true, true, true]);
    const again = { ...fields, _listed: await listed(_query) };
    expect((await told(root, again, paged())).level).toBe('success');
    expect(await isActive(...rest)).toEqual([false, false, false]);
  });

  it('takes them in whatever order and on whatever page they were looked at', async () => {
    const crowd = [await person('order'), await person('order'), await person('order')];
    const digests = ['q=order', 'q=order&p=2', 'q=order&o=-1', 'q=order&o=2.-1&p=2'].map(listed);
    expect(new Set(await Promise.all(digests)).size).toBe(1);
    const fields = { ...across, _query: 'q=order&o=2', _listed: await listed('q=order&o=-1') };
    expect((await told(root, fields, paged())).text).toBe('Deactivated 3 users.');
    expect(await isActive(...crowd)).toEqual([false, false, false]);
  });

  it.each(['', 'x', '0'.repeat(64)])('does nothing for the digest “%s”', async (_listed) => {
    const someone = [await person('odd'), await person('odd'), await person('odd')];
    const outcome = await told(root, { ...across, _query: 'q=odd', _listed }, paged());
    expect(outcome.text).toContain('Nothing has been done');
    expect(await isActive(...someone)).not.toContain(false);
  });

  it('is offered where all stand on several pages, and are not too many', async () => {
    expect(await listed('q=nobody-is-called-so')).toBe('');
    const one = await person('alone');
    expect(await listed(`q=${one.username}`)).toBe('');
    expect(await listed('')).toMatch(/^[0-9a-f]{64}$/);
  });
});
