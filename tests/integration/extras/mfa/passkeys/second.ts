import { describe, expect, it } from 'vitest';
import { authenticateAction } from '@/app/(mfa)/accounts/2fa/authenticate/actions';
import { enrollPasskeyAction } from '@/app/(mfa)/accounts/2fa/enroll/actions';
import dashboard from '@/app/(site)/dashboard/page';
import { overrideSettings } from '@/lib/conf/settings';
import { passkeyBrowser, passkeyFor } from '@/tests/support/mfa/passkey-browser';
import {
  addPasskeyIn,
  keysOf,
  makeOwner,
  type PasskeyBrowser,
  post,
  whoIs,
  withPassword,
} from '@/tests/support/mfa/passkey-people';
import { addTotp, codeOf } from '@/tests/support/mfa/people';
import { SoftwareAuthenticator } from '@/tests/support/mfa/software-authenticator';

describe('a passkey beside the password', () => {
  async function halfway() {
    const user = await makeOwner();
    const { authenticator } = await passkeyFor(user.id);
    const { mine, location } = await withPassword(user);
    expect(location).toBe('/accounts/2fa/authenticate/');
    expect(await whoIs(mine)).toBe('nobody');
    return { user, mine, authenticator };
  }

  const give = (mine: PasskeyBrowser, credential: unknown) =>
    post(mine, authenticateAction, { credential: JSON.stringify(credential) });

  it('is enough to have, without its owner being verified', async () => {
    const { user, mine, authenticator } = await halfway();
    const { options } = await mine.optionsFor('second');
    expect(options).toMatchObject({
      userVerification: 'preferred',
      allowCredentials: [{ id: authenticator.credentialId }],
    });
    const { challenge } = options;
    const answer = authenticator.assertion({ challenge, isVerified: false, signCount: 2 });
    expect((await give(mine, answer)).location).toBe('/dashboard/');
    expect(await whoIs(mine)).toBe(user.username);
  });

  it('signs nobody in by itself: its answer is none to the sign-in, nor the other way round', async () => {
    const { mine, authenticator } = await halfway();
    const { challenge } = (await mine.optionsFor('second')).options;
    const answer = authenticator.assertion({ challenge, signCount: 2 });
    expect((await mine.sendLogin(answer)).status).toBe(403);
    const { challenge: forLogin } = (await mine.optionsFor('login')).options;
    const alone = authenticator.assertion({ challenge: forLogin, signCount: 3 });
    expect((await give(mine, alone)).state?.fieldErrors['credential']).toHaveLength(1);
    expect((await give(mine, answer)).location).toBe('/dashboard/');
  });

  it('must be one of theirs', async () => {
    const { mine } = await halfway();
    const other = await makeOwner();
    const { authenticator: theirs } = await passkeyFor(other.id);
    const { challenge } = (await mine.optionsFor('second')).options;
    const { state } = await give(mine, theirs.assertion({ challenge, signCount: 2 }));
    expect(state?.fieldErrors['credential']).toEqual([
      'This passkey was not right here. Try again.',
    ]);
    expect(JSON.stringify(state)).not.toContain(theirs.credentialId);
  });

  it('is asked of nobody who has not given the password', async () => {
    const user = await makeOwner();
    await passkeyFor(user.id);
    expect((await passkeyBrowser().optionsFor('second')).status).toBe(403);
    expect((await passkeyBrowser().optionsFor('create')).status).toBe(403);
    expect((await passkeyBrowser().optionsFor('confirm')).status).toBe(403);
    expect((await passkeyBrowser().optionsFor('nonsense')).status).toBe(400);
  });
});

describe('a rule that asks for passkeys', () => {
  const rule = { MFA_REQUIRED: ['all'], MFA_REQUIRED_TYPES: ['webauthn'] } as const;
  const noProps = { params: Promise.resolve({}), searchParams: Promise.resolve({}) };
  const asked = (mine: PasskeyBrowser) => mine.send(() => dashboard(noProps));

  it('is satisfied by one, and by no code', async () => {
    const user = await makeOwner();
    const secret = await addTotp(user);
    const { mine } = await withPassword(user);
    await post(mine, authenticateAction, { code: codeOf(secret) });
    expect(await whoIs(mine)).toBe(user.username);
    await overrideSettings(rule, async () => {
      expect((await asked(mine)).location).toMatch(/^\/accounts\/2fa\/webauthn\/add\//);
      const { location } = await addPasskeyIn(mine);
      expect(location).toBe('/accounts/2fa/webauthn/');
      expect((await asked(mine)).location).toBeNull();
    });
  });

  it('has whoever has none make one on the way in', async () => {
    const user = await makeOwner();
    await overrideSettings(rule, async () => {
      const { mine, location } = await withPassword(user);
      expect(location).toBe('/accounts/2fa/enroll/');
      const { challenge, user: whom } = (await mine.optionsFor('create')).options;
      const authenticator = new SoftwareAuthenticator();
      const answer = authenticator.attestation({ challenge, userHandle: whom?.id ?? '' });
      const sent = { name: 'Phone', credential: JSON.stringify(answer) };
      const enrolled = await post(mine, enrollPasskeyAction, sent);
      expect(enrolled.location).toBe('/accounts/2fa/enroll/recovery-codes/');
      expect(await keysOf(user)).toHaveLength(1);
      expect(await whoIs(mine)).toBe('nobody');
    });
  });
});
