import { describe, expect, it, vi } from 'vitest';
import {
  addPasskeyAction,
  confirmByPasskeyAction,
  removePasskeyAction,
  renamePasskeyAction,
} from '@/app/(mfa)/accounts/2fa/webauthn/actions';
import { overrideSettings, settings } from '@/lib/conf/settings';
import { stepUpFields } from '@/lib/contrib/auth/confirmations/step-up';
import { LAST_WAY_IN } from '@/lib/contrib/auth/sign-in/ways-in';
import { db, transaction } from '@/lib/db/client';
import { addPasskey, MOST_PASSKEYS, TOO_MANY } from '@/lib/extras/mfa/passkeys/passkeys';
import { reload } from '@/tests/support/auth/grants';
import { mailsTo } from '@/tests/support/mfa/kept-mail';
import { challengeCookie, passkeyBrowser, passkeyFor } from '@/tests/support/mfa/passkey-browser';
import {
  addPasskeyIn,
  keysOf,
  makeOwner,
  PASSWORD,
  post,
  whoIs,
  withPassword,
} from '@/tests/support/mfa/passkey-people';
import { addCodes, addTotp } from '@/tests/support/mfa/people';
import { SoftwareAuthenticator } from '@/tests/support/mfa/software-authenticator';

describe('adding a passkey', () => {
  it('keeps it, ends the other sessions, says so in log and mail, and leads to recovery codes', async () => {
    const user = await makeOwner();
    const [{ mine: other }, { mine }] = [await withPassword(user), await withPassword(user)];
    const { location, cookies, authenticator } = await addPasskeyIn(mine);
    expect(location).toBe('/accounts/2fa/recovery-codes/generate/');
    expect(cookies.get('gatehouse_mfa_codes')).not.toBeUndefined();
    const [key] = await keysOf(user);
    expect(key).toMatchObject({ name: 'Phone', credentialId: authenticator.credentialId });
    expect(await whoIs(other)).toBe('nobody');
    expect(await whoIs(mine)).toBe(user.username);
    const entry = await db.securityLogEntry.findFirstOrThrow({
      where: { event: 'authn_token_created', actorId: user.id },
    });
    expect(JSON.parse(entry.detail)).toMatchObject({ kind: 'webauthn', sessionsEnded: 1 });
    expect(entry.detail).not.toContain(key?.publicKey);
    const mails = await mailsTo(user.email);
    expect(mails.map(({ text }) => text.includes('A passkey (Phone) was added'))).toEqual([true]);
    const handle = await db.passkeyHandle.findUniqueOrThrow({ where: { userId: user.id } });
    expect(Buffer.from(handle.handle, 'base64url')).toHaveLength(64);
    expect(authenticator.userHandle).toBe(handle.handle);
    expect((await passkeyBrowser().signIn(authenticator)).status).toBe(200);
  });

  it('asks the browser for one that verifies its owner, on no authenticator that has one', async () => {
    const user = await makeOwner();
    const { mine } = await withPassword(user);
    const { authenticator } = await addPasskeyIn(mine);
    const { options } = await mine.optionsFor('create');
    expect(options).toMatchObject({
      attestation: 'none',
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      excludeCredentials: [{ id: authenticator.credentialId }],
      user: { id: authenticator.userHandle, name: user.username },
    });
  });

  it('needs a fresh sign-in before the authenticator makes anything', async () => {
    const { mine } = await withPassword(await makeOwner());
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + Number(settings.STEP_UP_AGE) * 1000 });
    const { status, options } = await mine.optionsFor('create');
    expect(status).toBe(403);
    expect(options.challenge).toBeUndefined();
  });

  it('takes an answer once, and no answer to a challenge of somebody else', async () => {
    const [user, other] = [await makeOwner(), await makeOwner()];
    const [{ mine }, { mine: theirs }] = [await withPassword(user), await withPassword(other)];
    const { options } = await mine.optionsFor('create');
    const sent = [1, 2].map((n) => {
      const made = new SoftwareAuthenticator();
      const { challenge, user: whom } = options;
      const credential = made.attestation({ challenge, userHandle: whom?.id ?? '' });
      return { name: `Phone ${n}`, credential: JSON.stringify(credential) };
    });
    const states = [];
    for (const fields of sent) states.push((await post(mine, addPasskeyAction, fields)).state);
    expect(states[1]?.fieldErrors['credential']).toHaveLength(1);
    const { challenge } = (await theirs.optionsFor('create')).options;
    const answer = new SoftwareAuthenticator().attestation({ challenge, userHandle: 'AAAA' });
    const mixed = passkeyBrowser(
      `${mine.cookies()}; webauthn=${challengeCookie(theirs.cookies())}`,
    );
    const theirAnswer = { name: 'Theirs', credential: JSON.stringify(answer) };
    await post(mixed, addPasskeyAction, theirAnswer);
    expect([await keysOf(user), await keysOf(other)].map(({ length }) => length)).toEqual([1, 0]);
  });

  it('never takes an id that somebody else has', async () => {
    const [user, other] = [await makeOwner(), await makeOwner()];
    const { authenticator } = await passkeyFor(other.id);
    const { mine } = await withPassword(user);
    const { state } = await addPasskeyIn(mine, authenticator);
    expect(state?.fieldErrors).toEqual({
      credential: ['This passkey is known here already.'],
    });
    expect(await keysOf(user)).toHaveLength(0);
  });

  it('keeps the name that was typed, and nothing that verifies, when it is refused', async () => {
    const { mine } = await withPassword(await makeOwner());
    const { state } = await post(mine, addPasskeyAction, { name: 'Phone', credential: '{"id":1}' });
    expect(state?.values).toEqual({ name: 'Phone' });
  });

  it(`is possible ${MOST_PASSKEYS} times, also of two at once, and then not begun`, async () => {
    const user = await makeOwner();
    const { mine } = await withPassword(user);
    await addPasskeyIn(mine);
    const made = (n: number) => ({
      credentialId: `filler-${n}`,
      publicKey: 'AAAA',
      signCount: 0,
      transports: '',
      deviceType: 'singleDevice' as const,
      backedUp: false,
      aaguid: '00000000-0000-0000-0000-000000000000',
      passwordless: true,
      name: `Filler ${n}`,
    });
    const add = (n: number) => transaction((tx) => addPasskey(tx, user.id, made(n)));
    for (let n = 2; n < MOST_PASSKEYS; n += 1) await add(n);
    await Promise.allSettled([add(MOST_PASSKEYS), add(MOST_PASSKEYS + 1)]);
    expect(await keysOf(user)).toHaveLength(MOST_PASSKEYS);
    const { status, options } = await mine.optionsFor('create');
    expect({ status, message: options.message }).toEqual({ status: 403, message: TOO_MANY });
  });
});

describe('one’s own passkeys', () => {
  it('are renamed and removed by their owner alone', async () => {
    const [user, other] = [await makeOwner(), await makeOwner()];
    const [{ mine }, { mine: theirs }] = [await withPassword(user), await withPassword(other)];
    await addPasskeyIn(mine);
    const [{ id } = { id: 0 }] = await keysOf(user);
    const fields = { id: String(id), name: 'Mine now' };
    for (const action of [renamePasskeyAction, removePasskeyAction]) {
      expect((await post(theirs, action, fields)).status).toBe(404);
    }
    expect((await post(mine, renamePasskeyAction, { ...fields, name: '' })).state).toBeDefined();
    await post(mine, renamePasskeyAction, { ...fields, name: 'Desk' });
    expect((await keysOf(user)).map(({ name }) => name)).toEqual(['Desk']);
    await post(mine, removePasskeyAction, fields);
    expect(await keysOf(user)).toHaveLength(0);
  });

  it('are removed after a passkey, not the password, was given again', async () => {
    const user = await makeOwner();
    const { authenticator, id } = await passkeyFor(user.id, { signCount: 0 });
    const mine = passkeyBrowser();
    await mine.signIn(authenticator);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + Number(settings.STEP_UP_AGE) * 1000 });
    const sent = { id: String(id) };
    await post(mine, removePasskeyAction, { ...sent, confirm_password: PASSWORD });
    expect(await keysOf(user)).toHaveLength(1);
    const { options } = await mine.optionsFor('confirm');
    expect(options).toMatchObject({
      userVerification: 'required',
      allowCredentials: [{ id: authenticator.credentialId }],
    });
    const unverified = authenticator.assertion({ challenge: options.challenge, isVerified: false });
    const refused = await post(mine, removePasskeyAction, {
      ...sent,
      confirm_credential: JSON.stringify(unverified),
    });
    expect(refused.state?.fieldErrors['confirm_credential']).toHaveLength(1);
    const answer = authenticator.assertion({ challenge: options.challenge });
    const confirmed = { ...sent, confirm_credential: JSON.stringify(answer) };
    await post(mine, removePasskeyAction, confirmed);
    expect(await keysOf(user)).toHaveLength(0);
  });

  it('are asked for instead of a code, which nobody has to give who has none', async () => {
    const user = await makeOwner();
    const { mine } = await withPassword(user);
    await addPasskeyIn(mine);
    const asked = async () => {
      const fields = await stepUpFields(await reload(user));
      return fields.map(({ name }) => name);
    };
    expect(await asked()).toEqual(['confirm_credential']);
    await addCodes(user);
    expect(await asked()).toEqual(['confirm_code', 'confirm_credential']);
    await db.passkey.deleteMany({ where: { userId: user.id } });
    expect(await asked()).toEqual(['confirm_password']);
    await addTotp(user);
    expect(await asked()).toEqual(['confirm_code']);
  });

  it('confirm on a page of their own, for every form of the session', async () => {
    const user = await makeOwner();
    const { authenticator, id } = await passkeyFor(user.id, { signCount: 0 });
    const mine = passkeyBrowser();
    await mine.signIn(authenticator);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + Number(settings.STEP_UP_AGE) * 1000 });
    const { challenge } = (await mine.optionsFor('confirm')).options;
    const credential = JSON.stringify(authenticator.assertion({ challenge }));
    const sent = { confirm_credential: credential, next: '/admin/' };
    expect((await post(mine, confirmByPasskeyAction, sent)).location).toBe('/admin/');
    await post(mine, removePasskeyAction, { id: String(id) });
    expect(await keysOf(user)).toHaveLength(0);
  });

  it('may not be the last way in of somebody without a password', async () => {
    const user = await makeOwner();
    await db.user.update({ where: { id: user.id }, data: { password: '!' } });
    const { authenticator, id } = await passkeyFor(user.id, { signCount: 0 });
    const { id: other } = await passkeyFor(user.id);
    const mine = passkeyBrowser();
    await mine.signIn(authenticator);
    await post(mine, removePasskeyAction, { id: String(other) });
    const { state } = await post(mine, removePasskeyAction, { id: String(id) });
    expect(state?.formErrors).toEqual([LAST_WAY_IN]);
    expect((await keysOf(user)).map((key) => key.id)).toEqual([id]);
  });

  it('may not be the last of the kind that a rule asks for', async () => {
    const user = await makeOwner();
    await addTotp(user);
    const { authenticator, id } = await passkeyFor(user.id, { signCount: 0 });
    const mine = passkeyBrowser();
    await mine.signIn(authenticator);
    const rule = { MFA_REQUIRED: ['all'], MFA_REQUIRED_TYPES: ['webauthn'] } as const;
    await overrideSettings(rule, async () => {
      const { state } = await post(mine, removePasskeyAction, { id: String(id) });
      expect(state?.formErrors[0]).toMatch(/^A second factor is required/);
    });
    expect(await keysOf(user)).toHaveLength(1);
    expect((await post(mine, removePasskeyAction, { id: String(id) })).location).not.toBeNull();
  });
});
