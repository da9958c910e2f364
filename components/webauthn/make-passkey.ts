import { startRegistration } from '@simplewebauthn/browser';
import { optionsFor } from '@/components/webauthn/options-for';

/** Have a passkey made, and give the browser's answer as JSON. */
export async function makePasskey(address: string): Promise<string> {
  return JSON.stringify(
    await startRegistration({ optionsJSON: await optionsFor(address, 'create') }),
  );
}
