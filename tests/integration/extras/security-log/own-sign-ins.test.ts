import { beforeAll, expect, it } from 'vitest';
import SignInsPage from '@/app/(security-log)/accounts/sign-ins/page';
import { logSecurityEvent, type OwaspEventName } from '@/lib/contrib/auth/events/security-events';
import { users } from '@/lib/contrib/auth/users/managers';
import { ownSignIns } from '@/lib/extras/security-log/own-sign-ins';
import { freshDatabase } from '@/tests/support/database';
import { answerOf } from '@/tests/support/plain-source';
import { browserOf } from '@/tests/support/server-call';
import { statementsOf } from '@/tests/support/statements';

beforeAll(freshDatabase);

it("are a person's own, with the tries at their name, and nothing else", async () => {
  const ada = await users.createUser({ username: 'ada' });
  const ben = await users.createUser({ username: 'ben' });
  const request = { ipAddress: '192.0.2.9', userAgent: 'Tester' };
  const by = (name: OwaspEventName, actor = ada) => logSecurityEvent({ name, actor, request });
  await by('authn_login_success');
  await by('authn_login_success', ben);
  await by('session_expired');
  await logSecurityEvent({ name: 'authn_login_fail', username: 'ada', request });
  await logSecurityEvent({ name: 'authn_login_fail', username: 'ben', request });
  await by('authn_login_successafterfail');
  const found = await ownSignIns(ada.id);
  expect(found.map(({ isFailure }) => isFailure)).toEqual([false, true, false]);
  expect(found[0]).toMatchObject(request);
  expect(await statementsOf(() => ownSignIns(ada.id))).toHaveLength(2);
  const headers = { cookie: await browserOf(ada), host: 'localhost:3000' };
  const asked = (init: RequestInit) => {
    const props = { params: Promise.resolve({}), searchParams: Promise.resolve({}) };
    const page = new Request('http://localhost:3000/accounts/sign-ins/', init);
    return answerOf(page, 'page', () => SignInsPage(props));
  };
  expect((await asked({ headers })).status).toBe(200);
  expect((await asked({ headers: { host: 'localhost:3000' } })).location).toContain('/login/');
});
