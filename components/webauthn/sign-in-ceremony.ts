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
 * Offer passkeys at the field of the username while the page is looked at, and by `ask`. Whoever sends
 * the form with a password ends it.
 */
export function beginSignIn(page: Page): SignInCeremony {
  const left = new AbortController();
  let renewal: ReturnType<typeof setTimeout> | undefined;
  let underWay: AbortController | null = null;

  function begin(): AbortSignal {
    end();
    underWay = new AbortController();
    return underWay.signal;
  }

  function end(): void {
    clearTimeout(renewal);
    underWay?.abort();
    underWay = null;
  }

  // A dialog of the device may hide the page for a moment: what waits there is not begun anew then.
  async function offer(): Promise<void> {
    if (left.signal.aborted || underWay || document.visibilityState !== 'visible') return;
    const signal = begin();
    if (!(await canAutofill()) || signal.aborted) return;
    renewal = setTimeout(again, RENEWED_AFTER_MS);
    let credential: string;
    try {
      credential = await askForPasskey(page.options, 'login', { isAutofill: true, signal });
    } catch {
      // Nobody has asked for anything: there is nothing to tell them.
      return;
    }
    await finish(credential);
  }

  async function ask(): Promise<void> {
    const signal = begin();
    page.setBusy(true);
    page.tell('');
    try {
      await finish(await askForPasskey(page.options, 'login', { signal }));
    } catch (error) {
      if (signal.aborted) return;
      page.tell(wordsFor(error));
      again();
    } finally {
      page.setBusy(false);
    }
  }

  async function finish(credential: string): Promise<void> {
    clearTimeout(renewal);
    try {
      const { location, message = '', unknown } = await send(page, credential);
      if (location !== undefined) return window.location.assign(location);
      page.tell(message || 'That did not work. Try again, or sign in with your password.');
      if (unknown) await signalUnknown(unknown.rpId, unknown.id);
    } catch (error) {
      page.tell(wordsFor(error));
    }
    again();
  }

  function again(): void {
    end();
    void offer();
  }

  function stop(): void {
    end();
    endCeremony();
  }

  document.addEventListener('visibilitychange', () => void offer(), { signal: left.signal });
  document.addEventListener('submit', stop, { signal: left.signal, capture: true });
  void offer();
  return {
    ask: () => void ask(),
    end() {
      left.abort();
      stop();
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
