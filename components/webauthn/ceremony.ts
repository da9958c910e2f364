import {
  browserSupportsWebAuthn,
  browserSupportsWebAuthnAutofill,
  startAuthentication,
  WebAuthnAbortService,
} from '@simplewebauthn/browser';
import { NoOptions, optionsFor } from '@/components/webauthn/options-for';

/**
 * Ask for a passkey and give the browser's answer as JSON, for the field `credential`. `address` is
 * where options are had, `purpose` what for. With `isAutofill` it is offered at the field of the
 * username and waits there. Whatever was under way is ended: a browser does one at a time. None is
 * begun once `signal` says that it is not wanted any more.
 */
export async function askForPasskey(
  address: string,
  purpose: string,
  { isAutofill = false, signal }: { isAutofill?: boolean; signal?: AbortSignal } = {},
): Promise<string> {
  const optionsJSON = await optionsFor(address, purpose);
  signal?.throwIfAborted();
  const answer = await startAuthentication({ optionsJSON, useBrowserAutofill: isAutofill });
  return JSON.stringify(answer);
}

/** End what is under way, if anything is. */
export function endCeremony(): void {
  WebAuthnAbortService.cancelCeremony();
}

/** Whether passkeys can be offered at a field of this browser. */
export async function canAutofill(): Promise<boolean> {
  return browserSupportsWebAuthn() && browserSupportsWebAuthnAutofill();
}

/** What to tell somebody of an error; '' where there is nothing to tell, since we ended it ourselves. */
export function wordsFor(error: unknown): string {
  const name = error instanceof Error ? error.name : '';
  if (error instanceof NoOptions && error.message !== '') return error.message;
  if (!browserSupportsWebAuthn()) return 'This browser knows no passkeys.';
  return WORDS[name] ?? 'That did not work. Try again, or use another way.';
}

const WORDS: Readonly<Record<string, string>> = {
  AbortError: '',
  NotAllowedError: 'Nothing was done: it was cancelled, or it took too long.',
  InvalidStateError: 'This device has a passkey of yours already.',
  SecurityError: 'Passkeys do not work under this address of the site.',
  NotSupportedError: 'This device cannot make passkeys that we could use.',
  ConstraintError: 'This device cannot tell that it is you: set a screen lock or a PIN first.',
  TypeError: 'The server cannot be reached. Try again in a moment.',
};
