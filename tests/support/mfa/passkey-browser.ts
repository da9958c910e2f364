import { POST as login } from '@/app/(mfa)/accounts/2fa/webauthn/login/route';
import { POST as options } from '@/app/(mfa)/accounts/2fa/webauthn/options/route';
import { readCookies } from '@/lib/core/cookies';
import { db } from '@/lib/db/client';
import type { Purpose } from '@/lib/extras/mfa/passkeys/challenge';
import { parseAttestation } from '@/lib/extras/mfa/passkeys/credential';
import { passkeyHandle } from '@/lib/extras/mfa/passkeys/passkeys';
import { verifyAttestation } from '@/lib/extras/mfa/passkeys/verify-attestation';
import { browser } from '@/tests/boundary/browser';
import { SoftwareAuthenticator } from './software-authenticator';

const SITE = 'http://localhost:3000/accounts/2fa/webauthn/';
const NO_PARAMS = { params: Promise.resolve({}) };

type Options = {
  challenge: string;
  user?: { id: string; name: string };
  userVerification?: string;
  allowCredentials?: { id: string }[];
  excludeCredentials?: { id: string }[];
  message?: string;
};

/** A browser that asks for options and sends what an authenticator answers, keeping its cookies. */
export function passkeyBrowser(cookie = '') {
  const mine = browser(cookie);

  /** What it is given for a purpose, and with which status. */
  async function optionsFor(purpose: Purpose | 'nonsense') {
    const body = JSON.stringify({ purpose });
    const request = new Request(`${SITE}options/`, { method: 'POST', body });
    const { status, value } = await mine.send(() => options(request, NO_PARAMS));
    return { status, options: (await json(value)) as Options };
  }

  /** Send an answer to the sign-in, as the script of the page does. */
  async function send(credential: unknown, fields: Record<string, string> = {}) {
    const body = new FormData();
    body.set('credential', JSON.stringify(credential));
    for (const [name, value] of Object.entries(fields)) body.set(name, value);
    const headers = { accept: 'application/json' };
    const request = new Request(`${SITE}login/`, { method: 'POST', body, headers });
    const answer = await mine.send(() => login(request, NO_PARAMS), { accept: headers.accept });
    return { ...answer, json: await json(answer.value) };
  }

  /** Sign in by the passkey of an authenticator: options, answer, sent. */
  async function signIn(
    authenticator: SoftwareAuthenticator,
    changed: Partial<Parameters<SoftwareAuthenticator['assertion']>[0]> = {},
  ) {
    const { challenge } = (await optionsFor('login')).options;
    authenticator.signCount += authenticator.signCount === 0 ? 0 : 1;
    return send(authenticator.assertion({ challenge, ...changed }));
  }

  return { ...mine, optionsFor, sendLogin: send, signIn };
}

/** A passkey of this person, made by an authenticator of their own and kept as if they had added it. */
export async function passkeyFor(
  userId: number,
  {
    signCount = 1,
    ...flags
  }: { signCount?: number } & ConstructorParameters<typeof SoftwareAuthenticator>[0] = {},
): Promise<{ id: number; authenticator: SoftwareAuthenticator }> {
  const authenticator = new SoftwareAuthenticator({ isVerified: true, ...flags });
  authenticator.signCount = signCount;
  const challenge = 'AAAA';
  const userHandle = await passkeyHandle(userId);
  const answer = authenticator.attestation({ challenge, userHandle });
  const parsed = parseAttestation(JSON.stringify(answer));
  const headers = new Headers({ host: 'localhost:3000' });
  const meant = { challenge, purpose: 'create', user: userId, at: 0 } as const;
  const made = parsed && (await verifyAttestation(parsed, meant, headers));
  if (!made) throw new Error('No passkey was made.');
  const data = {
    ...made,
    userId,
    signCount: BigInt(made.signCount),
    name: 'Laptop',
    created: new Date(),
  };
  const { id } = await db.passkey.create({ data, select: { id: true } });
  return { id, authenticator };
}

/** The value of the cookie that carries challenges, as this browser would send it. */
export function challengeCookie(cookies: string): string | undefined {
  return readCookies(new Headers({ cookie: cookies }), 'gatehouse_webauthn')[0];
}

async function json(value: unknown): Promise<unknown> {
  if (!(value instanceof Response)) return null;
  const isJson = value.headers.get('content-type')?.includes('json');
  return isJson ? value.json() : null;
}
