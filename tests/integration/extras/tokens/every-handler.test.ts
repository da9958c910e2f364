import { readdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { isPermissionName, PERMISSION_NAMES, type PermissionName } from '@/lib/apps/installed';
import { guardsOf } from '@/lib/contrib/auth/decorators';
import { users } from '@/lib/contrib/auth/users/managers';
import { db } from '@/lib/db/client';
import { makeTokenText } from '@/lib/extras/tokens/token-text';
import { joinGroup, makeGroup, reload } from '@/tests/support/auth/grants';
import { freshDatabase } from '@/tests/support/database';
import { SEED } from '@/tests/support/seed';
import { repositoryRoot } from '@/tests/support/sources';
import { ask } from './support';
import { bearer, permissionIds, tokenRow } from './token-rows';

beforeAll(freshDatabase);

const app = path.join(repositoryRoot, 'app');
const routes = readdirSync(app, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('route.ts'))
  .toSorted();

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
const params = { app: 'auth', model: 'group', id: '1', uidb64: 'MQ', token: 'x', path: 'x' };

/** An address that the file answers, as a browser would write it. */
function addressOf(file: string): string {
  const named = path.dirname(file).replace(/\([^)]*\)\/?/g, '');
  return `/${named.replace(/\[(?:\.{3})?(\w+)\]/g, 'x')}/`;
}

describe('every route handler of the project', () => {
  it('is among those that are asked', () => {
    expect(routes.length).toBeGreaterThan(10);
    expect(routes).toContain('(site)/healthz/route.ts');
  });

  it.each(routes)('%s answers a bad bearer with 401 and says what is wanted', async (file) => {
    const module = await import(pathToFileURL(path.join(app, file)).href);
    const methods = METHODS.filter((method) => method in module);
    expect(methods.length).toBeGreaterThan(0);
    const bad = makeTokenText().replace(/.$/, (last) => (last === '0' ? '1' : '0'));
    for (const method of methods) {
      const sent = { method, path: addressOf(file), headers: bearer(bad) };
      const { status, headers, body, cookies } = await ask(module[method], sent, params);
      expect([method, status]).toEqual([method, 401]);
      expect(headers.get('content-type')).toBe('application/problem+json');
      expect(headers.get('www-authenticate')).toMatch(
        /^Bearer realm="gatehouse", error="invalid_token"/,
      );
      expect(headers.get('cache-control')).toBe('no-store');
      expect(body).toMatchObject({ status: 401, title: 'Unauthorized' });
      expect([...cookies.keys()]).toEqual([]);
    }
  });
});

const { loginRequired, permissionRequired } = guardsOf(null);
const NAMES = [...PERMISSION_NAMES].filter(isPermissionName);
const OWNERS = process.env['TEST_LONG'] ? 60 : 6;
const TOKENS = 10;

const some = (most: number) => fc.uniqueArray(fc.constantFrom(...NAMES), { maxLength: most });
const owners = fc.array(
  fc.record({
    isSuperuser: fc.constantFrom(false, false, false, true),
    own: some(12),
    ofGroup: some(12),
    tokens: fc.array(some(20), { minLength: TOKENS, maxLength: TOKENS }),
  }),
  { minLength: OWNERS, maxLength: OWNERS },
);

const askEach = loginRequired.handler(async ({ user }) => {
  const answers: [string, boolean][] = [];
  for (const perm of NAMES) answers.push([perm, await user.hasPerm(perm)]);
  const listed = [...(await user.getAllPermissions())];
  return Response.json({ held: answers.filter(([, may]) => may).map(([perm]) => perm), listed });
});

async function decisionsOf(id: number): Promise<PermissionName[]> {
  const owner = await users.getById(id);
  const held: PermissionName[] = [];
  for (const perm of NAMES) if (await owner?.hasPerm(perm)) held.push(perm);
  return held;
}

it('of an owner, a token and a permission the answer is both: held by the one, carried by the other', {
  timeout: 600_000,
}, async () => {
  const [world = []] = fc.sample(owners, { numRuns: 1, seed: SEED });
  let compared = 0;
  for (const [i, { isSuperuser, own, ofGroup, tokens }] of world.entries()) {
    const owner = await users.createUser({ username: `owner${i}`, isSuperuser });
    await db.userPermission.createMany({
      data: (await permissionIds(own)).map((permissionId) => ({ userId: owner.id, permissionId })),
    });
    const groupId = await makeGroup(`group${i}`);
    await joinGroup(owner, groupId);
    await db.groupPermission.createMany({
      data: (await permissionIds(ofGroup)).map((permissionId) => ({ groupId, permissionId })),
    });
    const held = await decisionsOf(owner.id);
    for (const carried of tokens) {
      const { text } = await tokenRow(await reload(owner), carried);
      const expected = held.filter((perm) => carried.includes(perm)).sort();
      const { body } = await ask(askEach, { headers: bearer(text) });
      const { held: found, listed } = body as Record<'held' | 'listed', string[]>;
      expect(found.toSorted()).toEqual(expected);
      expect(listed.toSorted()).toEqual(expected);
      compared += NAMES.length;
      const perm = NAMES[compared % NAMES.length] ?? NAMES[0];
      if (!perm) continue;
      const guarded = permissionRequired(perm).handler(async () => new Response());
      const { status } = await ask(guarded, { headers: bearer(text) });
      expect([perm, status]).toEqual([perm, expected.includes(perm) ? 200 : 403]);
    }
  }
  expect(compared).toBeGreaterThanOrEqual(2000);
  if (process.env['TEST_LONG']) console.info(`${compared} triples compared`);
  expect(await db.session.count()).toBe(0);
});
