import { readdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { GET as schemaRoute } from '@/app/(tokens)/api/schema/route';
import { brought } from '@/lib/apps/registry';
import { overrideSettings } from '@/lib/conf/settings';
import { users } from '@/lib/contrib/auth/users/managers';
import { createArticle } from '@/lib/site/articles/models';
import { grant, reload } from '@/tests/support/auth/grants';
import { freshDatabase } from '@/tests/support/database';
import { SEED } from '@/tests/support/seed';
import { browserOf } from '@/tests/support/server-call';
import { repositoryRoot } from '@/tests/support/sources';
import { type Call, callsOf, type Described, faultOf, operationsIn } from './generated-calls';
import { ask } from './support';
import { bearer, tokenRow } from './token-rows';

const RUNS = process.env['TEST_LONG'] ? 5000 : 100;
const ALL = ['view', 'add', 'change', 'delete', 'publish'].map(
  (act) => `articles.${act}_article` as 'articles.view_article',
);

const who: Record<string, Record<string, string>> = {
  stranger: {},
  malformed: { authorization: 'Bearer' },
};
let served: Described;

beforeAll(async () => {
  const tearDown = await freshDatabase();
  const ada = await users.createUser({ username: 'ada' });
  for (const perm of ALL) await grant(ada, perm);
  const owner = await reload(ada);
  for (let i = 1; i <= 5; i += 1)
    await createArticle(owner, { title: `article ${i}`, body: 'text' });
  who['all'] = bearer((await tokenRow(owner, ALL)).text);
  who['reader'] = bearer((await tokenRow(owner, ['articles.view_article'])).text);
  who['elsewhere'] = bearer((await tokenRow(owner, ALL, { networks: '203.0.113.0/24' })).text);
  who['ended'] = bearer((await tokenRow(owner, ALL, { revoked: new Date() })).text);
  who['browser'] = { cookie: await browserOf(owner), origin: 'http://localhost:3000' };
  who['forged'] = { cookie: await browserOf(owner), origin: 'https://evil.example' };
  const answer = await ask(schemaRoute, { path: '/api/schema/', headers: who['reader'] });
  expect(answer.status).toBe(200);
  served = answer.body as Described;
  return tearDown;
});

/** The handler of an address as the description names it. */
async function handlerOf({ method, template }: Call) {
  const address = template.replaceAll('{', '[').replaceAll('}', ']');
  const groups = readdirSync(path.join(repositoryRoot, 'app')).filter((name) =>
    name.startsWith('('),
  );
  for (const group of groups) {
    const file = path.join(repositoryRoot, 'app', group, address, 'route.ts');
    const module = await import(pathToFileURL(file).href).catch(() => null);
    if (module) return module[method];
  }
  throw new Error(`Nothing answers ${template}.`);
}

async function answerTo(call: Call) {
  const { method, path: address, params, json, headers } = call;
  return ask(await handlerOf(call), { method, path: address, headers, json }, params);
}

describe('the description of the API', () => {
  it('has every operation that an app declares, by its guard', () => {
    const found = operationsIn(served).map(({ method, template, permission }) => [
      method,
      template,
      permission,
    ]);
    const declared = brought('operations').map(({ method, path: template, permission }) => [
      method,
      template,
      permission,
    ]);
    expect(found.toSorted()).toEqual(declared.toSorted());
    expect(found.length).toBeGreaterThan(9);
  });

  it('names the permission without which nothing is done, and that is enough', async () => {
    const bob = await users.createUser({ username: 'bob' });
    for (const perm of ALL) await grant(bob, perm);
    const owner = await reload(bob);
    const article = await createArticle(owner, { title: 'permissions', body: 'text' });
    for (const described of operationsIn(served)) {
      const { permission, template } = described;
      if (permission === null) continue;
      const params: Record<string, string> = template.includes('{id}')
        ? { id: String(article.id) }
        : {};
      const address = template.replace('{id}', String(article.id));
      const json = { title: 'words', body: 'words' };
      const send = async (perms: readonly (typeof ALL)[number][]) => {
        const headers = bearer((await tokenRow(owner, perms)).text);
        const call = { ...described, path: address, params, json: described.body && json, headers };
        return (await answerTo({ ...call, json: call.json ?? undefined })).status;
      };
      expect([template, await send(ALL.filter((perm) => perm !== permission))]).toEqual([
        template,
        403,
      ]);
      if (described.method !== 'DELETE' || template.endsWith('publish/')) {
        expect(await send([permission as (typeof ALL)[number]])).toBeLessThan(300);
      }
    }
  });

  it('holds for whatever is sent: nothing else is answered, and no fault of ours', {
    timeout: 3_600_000,
  }, async () => {
    const calls = callsOf(served, who);
    const statuses = new Map<number, number>();
    const TOKENS_RATE = { requests: 100_000, per: 60 };
    await overrideSettings({ TOKENS_RATE }, () =>
      fc.assert(
        fc.asyncProperty(calls, async (call) => {
          const answer = await answerTo(call);
          statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
          expect(faultOf(served, call, answer)).toBe('');
        }),
        { numRuns: RUNS, seed: SEED },
      ),
    );
    if (process.env['TEST_LONG']) console.info('generated', Object.fromEntries(statuses));
    for (const status of [200, 400, 401, 403, 404]) expect([...statuses.keys()]).toContain(status);
  });
});
