import { beforeAll, expect, it } from 'vitest';
import { GET } from '@/app/(drafts)/accounts/draft-key/route';
import { defineConfig } from '@/lib/apps/define-config';
import { allConfigs, populate } from '@/lib/apps/registry';
import { users } from '@/lib/contrib/auth/users/managers';
import { PermissionDenied } from '@/lib/core/exceptions';
import { freshDatabase } from '@/tests/support/database';
import { answerOf } from '@/tests/support/plain-source';
import { browserOf } from '@/tests/support/server-call';

beforeAll(freshDatabase);

it('is given to whoever is sent to set up a second factor: their form there is a form too', async () => {
  const user = await users.createUser({ username: 'ada' });
  const headers = { host: 'localhost:3000', cookie: await browserOf(user) };
  const request = new Request('http://localhost:3000/accounts/draft-key/', { headers });
  const admission = async () => Promise.reject(new PermissionDenied('A second factor is due.'));
  const configs = allConfigs();
  populate([...configs, defineConfig('drafts', { admissions: [admission] })]);
  try {
    const { value } = await answerOf(request, 'handler', () =>
      GET(request, { params: Promise.resolve({}) }),
    );
    if (!(value instanceof Response)) throw new Error('The handler answers with a response.');
    expect(value.headers.get('cache-control')).toBe('no-store');
    expect(await value.json()).toMatchObject({ who: String(user.id) });
  } finally {
    populate(configs);
  }
});
