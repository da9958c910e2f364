import type { PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/server';
import { CHALLENGE_AGE } from './challenge';
import { rpId } from './relying-party';

/** As much of a passkey as a browser is told to find it. */
export type KnownCredential = { readonly credentialId: string; readonly transports: string };

/**
 * What a browser is asked for to use a passkey. Without `allowed` it offers those that it has for us,
 * and the answer is the same for everybody. Made by hand and not by the library: the sign-in page asks
 * for it at every view, and need not load that for it.
 * WebAuthn L3 5.5
 */
export function requestOptions({
  challenge,
  userVerification,
  allowed = [],
}: {
  challenge: string;
  userVerification: 'required' | 'preferred';
  allowed?: readonly KnownCredential[];
}): PublicKeyCredentialRequestOptionsJSON {
  return {
    challenge,
    rpId: rpId(),
    timeout: CHALLENGE_AGE * 1000,
    userVerification,
    allowCredentials: allowed.map(descriptorOf),
  };
}

/** A passkey as browsers name it, in JSON. */
export function descriptorOf({ credentialId, transports }: KnownCredential) {
  const names = transports === '' ? [] : transports.split(',');
  return { id: credentialId, type: 'public-key' as const, transports: names };
}
