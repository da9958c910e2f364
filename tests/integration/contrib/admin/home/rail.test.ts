import { beforeAll, describe, expect, it } from 'vitest';
import { adminLinksFor } from '@/lib/contrib/admin/links';
import { defineAdmin } from '@/lib/contrib/admin/options';
import { railOf } from '@/lib/contrib/admin/rail/rail';
import { AdminSite } from '@/lib/contrib/admin/sites';
import type { User } from '@/lib/contrib/auth/models';
import { adminSite } from '@/lib/site/admins';
import { makeStaff, makeSuperuser } from '@/tests/support/admin/staff';
import { freshDatabase } from '@/tests/support/database';

let root: User;

beforeAll(async () => {
  const tearDown = await freshDatabase();
  root = await makeSuperuser();
  return tearDown;
});

async function railFor(user: User, site = adminSite) {
  return railOf(await site.appList(user), await adminLinksFor(user));
}

describe('the rail', () => {
  it('goes by what people do, and what they do first stands first', async () => {
    const rail = await railFor(root);
    expect(rail.map(({ title }) => title)).toEqual(['People', 'Access', 'Activity', 'Content']);
    const labels = rail.map(({ entries }) => entries.map(({ label }) => label));
    expect(labels[0]?.[0]).toBe('Users');
    expect(labels[1]?.slice(0, 3)).toEqual(['Groups', 'Permission matrix', 'Permissions']);
    expect(labels[2]?.slice(0, 4)).toEqual([
      'Security log entries',
      'Log entries',
      'Sessions',
      'Throttles',
    ]);
    expect(labels[3]).toContain('Articles');
  });

  it('has no heading that its only child repeats, and an app’s name above several models', async () => {
    const alone = new AdminSite([
      defineAdmin('articles.article', { rail: { section: 'Articles' } }),
      defineAdmin('security.throttle', {}),
      defineAdmin('security.securitylogentry', {}),
    ]);
    const rail = railOf(await alone.appList(root), []);
    expect(rail.map(({ title, entries }) => [title, entries.length])).toEqual([
      [null, 1],
      ['Security', 2],
    ]);
  });

  it('shows nobody a heading with nothing below it', async () => {
    const rail = await railFor(await makeStaff('articles.view_article'));
    expect(rail).toEqual([
      { title: 'Content', entries: [{ href: '/admin/articles/article/', label: 'Articles' }] },
    ]);
  });
});
