import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { beginSignIn, type SignInCeremony } from '@/components/webauthn/sign-in-ceremony';

const bytes = () => new Uint8Array(4).buffer;

const CREDENTIAL = {
  id: 'AAAA',
  rawId: bytes(),
  type: 'public-key',
  response: { authenticatorData: bytes(), clientDataJSON: bytes(), signature: bytes() },
  getClientExtensionResults: () => ({}),
};

type Asked = { signal: AbortSignal; give(credential: typeof CREDENTIAL): void };

function deferred<T>() {
  let resolve: (value: T) => void = () => {};
  let reject: (reason: unknown) => void = () => {};
  const promise = new Promise<T>((...settle) => {
    [resolve, reject] = settle;
  });
  return { promise, resolve, reject };
}

let ceremony: SignInCeremony;
let asked = deferred<Asked>();
let told = deferred<string>();
let isReachable = true;

/** The next time that the browser is asked for a passkey. */
async function nextAsked(): Promise<Asked> {
  const next = await asked.promise;
  asked = deferred();
  return next;
}

function get({ signal }: { signal: AbortSignal }): Promise<unknown> {
  const { promise, resolve, reject } = deferred<unknown>();
  signal.addEventListener('abort', () => reject(signal.reason));
  asked.resolve({ signal, give: resolve });
  return promise;
}

function sent(address: string): Response {
  if (address === '/options/') return Response.json({ challenge: 'AAAA' });
  if (!isReachable) throw new TypeError('fetch failed');
  return Response.json({ message: 'No.' });
}

beforeEach(() => {
  asked = deferred();
  told = deferred();
  isReachable = true;
  const PublicKeyCredential = Object.assign(() => {}, {
    isConditionalMediationAvailable: async () => true,
  });
  const page = Object.assign(new EventTarget(), {
    visibilityState: 'visible',
    querySelector: () => null,
    querySelectorAll: () => [{}],
  });
  vi.stubGlobal('PublicKeyCredential', PublicKeyCredential);
  vi.stubGlobal('document', page);
  vi.stubGlobal('window', { PublicKeyCredential });
  vi.stubGlobal('navigator', { credentials: { get } });
  vi.stubGlobal('fetch', async (address: string) => sent(address));
  ceremony = beginSignIn({
    options: '/options/',
    href: '/login/',
    next: '',
    tell: (problem) => problem !== '' && told.resolve(problem),
    setBusy: () => {},
  });
});

afterEach(() => {
  ceremony.end();
  vi.unstubAllGlobals();
});

it('says that the answer could not be sent, and offers again', async () => {
  isReachable = false;
  (await nextAsked()).give(CREDENTIAL);
  expect(await told.promise).toContain('cannot be reached');
  expect((await nextAsked()).signal.aborted).toBe(false);
});

it('says the same of the answer that the button was asked for', async () => {
  await nextAsked();
  isReachable = false;
  ceremony.ask();
  (await nextAsked()).give(CREDENTIAL);
  expect(await told.promise).toContain('cannot be reached');
});

it('ends with the form that is sent, and is offered anew when the page is looked at again', async () => {
  const first = await nextAsked();
  document.dispatchEvent(new Event('submit'));
  expect(first.signal.aborted).toBe(true);
  document.dispatchEvent(new Event('visibilitychange'));
  expect((await nextAsked()).signal.aborted).toBe(false);
});
