import { publicPaths } from '@/lib/apps/installed';
import { defaultTokenGenerator, encodeUid } from '@/lib/contrib/auth/tokens';
import { db } from '@/lib/db/client';
import { addresses } from '../../support/attack/attacks';
import { isHydrated } from '../../support/e2e/hydration';
import { SPOKEN, violationsOn } from '../../support/e2e/look';
import { expect, test } from '../fixtures';

test('every page works under the policy without a word in the console, and no cache keeps it', {
  tag: '@javascript-only',
}, async ({ page, createUser, login, allowConsoleErrors }) => {
  allowConsoleErrors(/^Failed to load resource: the server responded with a status of 40[34] /);
  const warnings: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'warning') warnings.push(message.text());
  });
  const { user } = await createUser({ isSuperuser: true, isStaff: true });
  const now = new Date();
  const data = { title: 'A', body: 'B', isPublished: true, created: now, modified: now };
  const article = { ...data, id: user.id };
  await db.article.upsert({ where: { id: user.id }, create: article, update: {} });
  const uidb64 = encodeUid(user.id);
  const link = `/accounts/reset/${uidb64}/${defaultTokenGenerator.makeToken(user)}/`;
  const parts = { uidb64, path: 'no/such/page', app: 'auth', model: 'user', id: String(user.id) };
  const nonces = new Set<string>();
  let pages = 0;
  const all = [link, ...addresses(parts, /(^|\/)page\.tsx$/)];
  const strangers = publicPaths().filter((address) => all.includes(address));
  for (const visit of ['strangers', 'superusers', 'nobodies'] as const) {
    if (visit === 'superusers') await login(user);
    if (visit === 'nobodies') await login((await createUser()).user);
    const visited = { strangers, superusers: all, nobodies: ['/dashboard/', '/admin/'] }[visit];
    for (const address of visited) {
      const answer = await page.goto(address);
      const headers = (await answer?.allHeaders()) ?? {};
      await expect.poll(() => isHydrated(page), { message: address }).toBe(true);
      const policy = headers['content-security-policy'] ?? '';
      const [, nonce = ''] = /script-src 'nonce-([^']+)'/.exec(policy) ?? [];
      expect([address, await violationsOn(page, [SPOKEN])]).toEqual([address, []]);
      expect([address, policy]).toEqual([address, expect.stringMatching(/^default-src 'none'; /)]);
      expect(policy).not.toContain('unsafe');
      nonces.add(nonce);
      pages += 1;
      const caching = headers['cache-control'] ?? '';
      expect([address, caching]).toEqual([address, expect.stringContaining('no-store')]);
      expect([address, caching]).toEqual([address, expect.stringContaining('private')]);
    }
  }
  expect(nonces.size).toBe(pages);
  expect(warnings).toEqual([]);
});
