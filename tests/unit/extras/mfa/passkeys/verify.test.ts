import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { overrideSettings } from '@/lib/conf/settings';
import { checkFactorSettings } from '@/lib/extras/mfa/checks';
import { checkPasskeys } from '@/lib/extras/mfa/passkeys/checks';
import { parseAssertion, parseAttestation } from '@/lib/extras/mfa/passkeys/credential';
import { expectedOrigins, rpId } from '@/lib/extras/mfa/passkeys/relying-party';
import { verifyAssertion } from '@/lib/extras/mfa/passkeys/verify-assertion';
import { verifyAttestation } from '@/lib/extras/mfa/passkeys/verify-attestation';
import { SoftwareAuthenticator } from '@/tests/support/mfa/software-authenticator';

const headers = new Headers({ host: 'localhost:3000' });
const userHandle = randomBytes(64).toString('base64url');

function challengeOf(purpose: 'create' | 'login') {
  return {
    challenge: randomBytes(32).toString('base64url'),
    purpose,
    user: null,
    at: Date.now(),
  };
}

type Attested = Parameters<SoftwareAuthenticator['attestation']>[0];
type Asserted = Parameters<SoftwareAuthenticator['assertion']>[0];

async function create(authenticator: SoftwareAuthenticator, changed: Partial<Attested> = {}) {
  const challenge = challengeOf('create');
  const { challenge: text } = challenge;
  const answer = authenticator.attestation({ challenge: text, userHandle, ...changed });
  const parsed = parseAttestation(JSON.stringify(answer));
  return parsed && verifyAttestation(parsed, challenge, headers);
}

async function stored(authenticator: SoftwareAuthenticator) {
  const made = await create(authenticator);
  if (!made) throw new Error('It was not made.');
  return made;
}

async function use(
  authenticator: SoftwareAuthenticator,
  changed: Partial<Asserted> = {},
  isOwnerVerified = true,
) {
  const row = await stored(authenticator);
  const challenge = challengeOf('login');
  const answer = authenticator.assertion({ challenge: challenge.challenge, ...changed });
  const parsed = parseAssertion(JSON.stringify(answer));
  return parsed && verifyAssertion(parsed, challenge, row, { headers, isOwnerVerified });
}

describe('a passkey that is made', () => {
  it('is kept with its key, its counter and what the BE flag says', async () => {
    const authenticator = new SoftwareAuthenticator({ isVerified: true, isSyncable: true });
    authenticator.signCount = 7;
    expect(await create(authenticator)).toMatchObject({
      credentialId: authenticator.credentialId,
      signCount: 7,
      transports: 'internal',
      deviceType: 'multiDevice',
      backedUp: false,
    });
  });

  it.each([
    ['without its owner being verified', { isVerified: false }],
    ['for another challenge', { challenge: randomBytes(32).toString('base64url') }],
    ['on another site', { origin: 'https://evil.test' }],
    ['on a subdomain that is not listed', { origin: 'http://a.localhost:3000' }],
    ['for another domain', { rpId: 'evil.test' }],
  ])('%s is none', async (_what, changed) => {
    expect(await create(new SoftwareAuthenticator(), changed)).toBeNull();
  });

  it('with a statement about its maker is none, whoever has signed that', async () => {
    const { isoCBOR } = await import('@simplewebauthn/server/helpers');
    const authenticator = new SoftwareAuthenticator();
    const challenge = challengeOf('create');
    const answer = authenticator.attestation({ challenge: challenge.challenge, userHandle });
    const sent = Buffer.from(answer.response.attestationObject, 'base64url');
    const statement = new Map(isoCBOR.decodeFirst<Map<string, never>>(new Uint8Array(sent)));
    const attStmt = new Map<string, number | Uint8Array | Uint8Array[]>([
      ['alg', -7],
      ['sig', new Uint8Array(64)],
      ['x5c', [new Uint8Array(32)]],
    ]);
    const forged = new Map<string, string | typeof attStmt | Uint8Array>([
      ...statement,
      ['fmt', 'packed'],
      ['attStmt', attStmt],
    ]);
    answer.response.attestationObject = Buffer.from(isoCBOR.encode(forged)).toString('base64url');
    const parsed = parseAttestation(JSON.stringify(answer));
    expect(parsed && (await verifyAttestation(parsed, challenge, headers))).toBeNull();
  });
});

describe('a passkey that is used', () => {
  it('says whether its owner was verified, and how often it was used', async () => {
    const authenticator = new SoftwareAuthenticator();
    expect(await use(authenticator, { signCount: 12 })).toEqual({
      isUserVerified: true,
      signCount: 12,
      backedUp: false,
    });
  });

  it.each([
    ['for another challenge', { challenge: randomBytes(32).toString('base64url') }],
    ['on another site', { origin: 'https://evil.test' }],
    ['on a subdomain that is not listed', { origin: 'http://a.localhost:3000' }],
    ['for another domain', { rpId: 'evil.test' }],
    ['and says now that it can be copied', { isSyncable: true }],
  ])('%s is refused', async (_what, changed) => {
    expect(await use(new SoftwareAuthenticator(), changed)).toBeNull();
  });

  it('without its owner being verified is refused, save where having it is enough', async () => {
    const flags = { isVerified: false };
    expect(await use(new SoftwareAuthenticator(), flags)).toBeNull();
    expect(await use(new SoftwareAuthenticator(), flags, false)).toMatchObject({
      isUserVerified: false,
    });
  });

  it('by another key is refused', async () => {
    const [mine, other] = [new SoftwareAuthenticator(), new SoftwareAuthenticator()];
    const row = await stored(mine);
    const challenge = challengeOf('login');
    const answer = other.assertion({ challenge: challenge.challenge });
    const parsed = parseAssertion(
      JSON.stringify({ ...answer, id: mine.credentialId, rawId: mine.credentialId }),
    );
    const options = { headers, isOwnerVerified: true };
    expect(parsed && (await verifyAssertion(parsed, challenge, row, options))).toBeNull();
  });
});

describe('what is sent as a credential', () => {
  it.each([
    '',
    'null',
    '[]',
    '{"id":"a"}',
    '{'.repeat(10_000),
    JSON.stringify({ id: '../x', rawId: '../x', type: 'public-key', response: {} }),
  ])('is none: %.20s', (text) => {
    expect(parseAssertion(text)).toBeNull();
    expect(parseAttestation(text)).toBeNull();
  });
});

describe('the site of passkeys', () => {
  it('is the host of APP_ORIGIN, and only its origin and those that are listed count', async () => {
    process.env['APP_ORIGIN'] = 'https://gate.example';
    try {
      expect(rpId()).toBe('gate.example');
      await overrideSettings({ WEBAUTHN_RELATED_ORIGINS: ['https://shop.example'] }, () => {
        expect(expectedOrigins(headers)).toEqual(['https://gate.example', 'https://shop.example']);
      });
      await overrideSettings({ WEBAUTHN_RP_ID: 'example' }, () => expect(rpId()).toBe('example'));
    } finally {
      delete process.env['APP_ORIGIN'];
    }
  });

  it('is localhost without it, under no other name', () => {
    expect(rpId()).toBe('localhost');
    expect(expectedOrigins(headers)).toEqual(['http://localhost:3000']);
    expect(expectedOrigins(new Headers({ host: '127.0.0.1:3000' }))).toEqual([]);
    expect(expectedOrigins(new Headers({ host: 'evil.test' }))).toEqual([]);
  });

  it('is checked at the start: a domain of the site, origins that are some', async () => {
    const found = () => checkPasskeys().map(({ id }) => id);
    process.env['APP_ORIGIN'] = 'https://app.gate.example';
    try {
      for (const id of ['', 'gate.example', 'app.gate.example']) {
        await overrideSettings({ WEBAUTHN_RP_ID: id }, () => expect(found()).toEqual([]));
      }
      for (const id of ['gate.test', 'x.app.gate.example', 'ate.example']) {
        await overrideSettings({ WEBAUTHN_RP_ID: id }, () => expect(found()).toEqual(['mfa.E003']));
      }
      const ofAnother = (origin: string) => ({
        WEBAUTHN_RP_ID: 'gate.test',
        WEBAUTHN_RELATED_ORIGINS: [origin],
      });
      await overrideSettings(ofAnother('https://app.gate.example'), () =>
        expect(found()).toEqual([]),
      );
      await overrideSettings(ofAnother('https://gate.example'), () =>
        expect(found()).toEqual(['mfa.E003']),
      );
      const origins = ['https://shop.example', 'shop.example', 'https://shop.example/'];
      await overrideSettings({ WEBAUTHN_RELATED_ORIGINS: origins }, () =>
        expect(found()).toEqual(['mfa.E004', 'mfa.E004']),
      );
    } finally {
      delete process.env['APP_ORIGIN'];
    }
  });

  it('warns where a rule is satisfied by passkeys alone', async () => {
    const warned = async (types: readonly ('totp' | 'webauthn')[]) =>
      overrideSettings({ MFA_REQUIRED: ['all'], MFA_REQUIRED_TYPES: types }, async () =>
        (await checkFactorSettings()).map(({ id }) => id),
      );
    expect(await warned([])).toEqual([]);
    expect(await warned(['webauthn', 'totp'])).toEqual([]);
    expect(await warned(['webauthn'])).toEqual(['mfa.W002']);
  });
});
