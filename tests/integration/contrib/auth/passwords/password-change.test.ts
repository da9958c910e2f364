import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { overrideSettings } from '@/lib/conf/settings';
import { HASH_SESSION_KEY } from '@/lib/contrib/auth';
import { PasswordChangeForm } from '@/lib/contrib/auth/forms/password-change-form';
import { registerHasher } from '@/lib/contrib/auth/hashers';
import type { User } from '@/lib/contrib/auth/models';
import {
  changePassword,
  keepSessionAfterUpgrade,
} from '@/lib/contrib/auth/passwords/password-change';
import { findUserOfLink } from '@/lib/contrib/auth/passwords/password-reset';
import { defaultTokenGenerator, encodeUid } from '@/lib/contrib/auth/tokens';
import type { SessionSeal } from '@/lib/contrib/sessions/cookie';
import { db } from '@/lib/db/client';
import { countingHasher } from '@/tests/support/auth/counting-hasher';
import { reload } from '@/tests/support/auth/grants';
import {
  client,
  counting,
  makeUser,
  PASSWORD,
  requestWith,
  save,
  signedIn,
} from '@/tests/support/auth/sign-in';
import { freshDatabase } from '@/tests/support/database';

const NEW = 'a meadow of larks';

beforeAll(() => registerHasher(countingHasher()));
beforeAll(freshDatabase);

async function change(user: User, proof: 'old password' | 'reset link', seal?: SessionSeal) {
  const request = { ...(await requestWith(seal)), ...client };
  const ended = await overrideSettings({ ...counting, SECURITY_LOG_STDOUT: false }, () =>
    changePassword(request, user, NEW, proof),
  );
  return { request, ended };
}

async function isSignedIn(seal: SessionSeal): Promise<boolean> {
  return (await requestWith(seal)).user.isAuthenticated;
}

async function accepts(user: User, password: string): Promise<boolean> {
  const fresh = await reload(user);
  return overrideSettings(counting, () => fresh.checkPassword(password));
}

describe('changePassword after the old password', () => {
  it('keeps this session under a new key and ends the other ones', async () => {
    const user = await makeUser();
    const [here, elsewhere] = [await signedIn(user, { cart: 'apples' }), await signedIn(user)];
    const { request, ended } = await change(await reload(user), 'old password', here);
    const next = await save(request);
    expect(ended).toBe(1);
    expect(next.key).not.toBe(here.key);
    expect([await isSignedIn(next), await isSignedIn(here), await isSignedIn(elsewhere)]).toEqual([
      true,
      false,
      false,
    ]);
    expect((await requestWith(next)).session.get('cart')).toBe('apples');
    expect(await db.session.count({ where: { userId: user.id } })).toBe(1);
    expect([await accepts(user, NEW), await accepts(user, PASSWORD)]).toEqual([true, false]);
  });

  it('leaves the sessions of other people alone', async () => {
    const [user, other] = [await makeUser(), await makeUser()];
    const [here, theirs] = [await signedIn(user), await signedIn(other)];
    await change(await reload(user), 'old password', here);
    expect(await isSignedIn(theirs)).toBe(true);
  });

  it('is noted in the security log, without a password', async () => {
    const user = await makeUser();
    await change(await reload(user), 'old password', await signedIn(user));
    const where = { targetId: user.id, event: 'authn_password_change' };
    const [entry, ...others] = await db.securityLogEntry.findMany({ where });
    expect(others).toEqual([]);
    expect(entry).toMatchObject({ actorId: user.id, ipAddress: client.ipAddress });
    expect(JSON.parse(entry?.detail ?? '')).toEqual({ proof: 'old password', sessionsEnded: 0 });
    expect(JSON.stringify(entry)).not.toContain(NEW);
  });
});

describe('changePassword after a reset link', () => {
  it('ends every session, signs nobody in, and ends the link', async () => {
    const user = await makeUser();
    const [here, elsewhere] = [await signedIn(user), await signedIn(user)];
    const fresh = await reload(user);
    const link = { uidb64: encodeUid(user.id), token: defaultTokenGenerator.makeToken(fresh) };
    const { request, ended } = await change(fresh, 'reset link', here);
    expect(ended).toBe(2);
    expect(await request.session.save(client)).toBeNull();
    expect([await isSignedIn(here), await isSignedIn(elsewhere)]).toEqual([false, false]);
    expect(await findUserOfLink(link)).toBeNull();
    const stranger = await change(await reload(await makeUser()), 'reset link');
    expect(stranger.request.session.modified).toBe(false);
  });

  it('lets one of two win who use a link at once', async () => {
    const user = await makeUser();
    const [first, second] = [await reload(user), await reload(user)];
    const outcomes = await Promise.all([change(first, 'reset link'), change(second, 'reset link')]);
    expect(outcomes.map(({ ended }) => ended).sort()).toEqual([0, null]);
  });

  it('changes nothing when the password was changed meanwhile', async () => {
    const user = await makeUser();
    const stale = await reload(user);
    await db.user.update({ where: { id: user.id }, data: { password: 'counting$1$meanwhile' } });
    const seal = await signedIn(await reload(user));
    expect((await change(stale, 'reset link')).ended).toBeNull();
    expect(await accepts(user, 'meanwhile')).toBe(true);
    expect(await isSignedIn(seal)).toBe(true);
    expect(await db.securityLogEntry.count({ where: { targetId: user.id } })).toBe(0);
  });
});

describe('keepSessionAfterUpgrade', () => {
  it('keeps the session when checking the old password stored it with a better hash', async () => {
    const user = await makeUser();
    const seal = await signedIn(user);
    const putBack = registerHasher(countingHasher(2));
    onTestFinished(putBack);
    const request = await requestWith(seal);
    if (!request.user.isAuthenticated) throw new Error('Not signed in');
    const owner = request.user;
    const stored = owner.encodedPassword();
    const form = { old_password: PASSWORD, new_password1: 'a', new_password2: 'b' };
    await overrideSettings(counting, () => PasswordChangeForm(owner).safeParseAsync(form));
    putBack();
    expect(owner.encodedPassword()).not.toBe(stored);
    keepSessionAfterUpgrade(request, owner, stored);
    const next = await save(request);
    expect(await isSignedIn(next)).toBe(true);
    expect((await requestWith(next)).session.get(HASH_SESSION_KEY)).toBe(
      owner.getSessionAuthHash(),
    );
  });

  it('leaves a session alone whose password was not stored anew', async () => {
    const user = await makeUser();
    const request = await requestWith(await signedIn(user));
    keepSessionAfterUpgrade(request, user, user.encodedPassword());
    expect(request.session.modified).toBe(false);
  });
});
