import { askForPasskey, canAutofill, endCeremony, wordsFor } from '@/components/webauthn/ceremony';
import { signalUnknown } from '@/components/webauthn/signals';

type Page = {
  options: string;
  href: string;
  next: string;
  tell(problem: string): void;
  setBusy(isBusy: boolean): void;
};

/** What the sign-in page may do with passkeys until it is left. */
export type SignInCeremony = { ask(): void; end(): void };

/** What came of an answer: where to go, or what is wrong, and whether the passkey is none here. */
type Outcome = { location?: string; message?: string; unknown?: { rpId: string; id: string } };

// Before a challenge ends, at 300 seconds.
const RENEWED_AFTER_MS = 240_000;

/**
 * Offer passkeys at the field of the username for as long as the page is looked at, and by `ask`. Of
 * several tabs the one in front has the challenge. Whoever sends the form with a password ends it.
 */
export function beginSignIn(page: Page): SignInCeremony {
  const left = new AbortController();
  const { signal } = left;
  let renewal: ReturnType<typeof setTimeout> | undefined;

  async function offer(): Promise<void> {
    if (signal.aborted || document.visibilityState !== 'visible') return;
    if (!(await canAutofill())) return;
    clearTimeout(renewal);
    renewal = setTimeout(() => void offer(), RENEWED_AFTER_MS);
    try {
      await finish(await askForPasskey(page.options, 'login', { isAutofill: true }));
    } catch {
      // Nobody has asked for anything: there is nothing to tell them.
    }
  }

  async function ask(): Promise<void> {
    clearTimeout(renewal);
    page.setBusy(true);
    page.tell('');
    try {
      await finish(await askForPasskey(page.options, 'login'));
    } catch (error) {
      page.tell(wordsFor(error));
      void offer();
    } finally {
      page.setBusy(false);
    }
  }

  async function finish(credential: string): Promise<void> {
    const { location, message = '', unknown } = await send(page, credential);
    if (location !== undefined) return window.location.assign(location);
    page.tell(message || 'That did not work. Try again, or sign in with your password.');
    if (unknown) await signalUnknown(unknown.rpId, unknown.id);
    void offer();
  }

  function pause(): void {
    clearTimeout(renewal);
    endCeremony();
  }

  const isSeen = () => document.visibilityState === 'visible';
  document.addEventListener('visibilitychange', () => (isSeen() ? void offer() : pause()), {
    signal,
  });
  document.addEventListener('submit', pause, { signal, capture: true });
  void offer();
  return {
    ask: () => void ask(),
    end() {
      left.abort();
      pause();
    },
  };
}

async function send({ href, next }: Page, credential: string): Promise<Outcome> {
  const body = new FormData();
  body.set('credential', credential);
  body.set('next', next);
  const remembered = document.querySelector<HTMLInputElement>('input[name="remember_me"]');
  if (remembered?.checked) body.set('remember_me', 'on');
  const response = await fetch(href, {
    method: 'POST',
    headers: { accept: 'application/json' },
    body,
  });
  const isJson = response.headers.get('content-type')?.startsWith('application/json');
  return isJson ? response.json() : {};
}
