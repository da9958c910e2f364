import type { PublicKeyCredentialCreationOptionsJSON } from '@simplewebauthn/server';
import type { User } from '@/lib/contrib/auth/models';
import { bytesOf } from './bytes';
import { CHALLENGE_AGE } from './challenge';
import { rpId, rpName } from './relying-party';
import { descriptorOf, type KnownCredential } from './request-options';

/**
 * EdDSA, ES256 and RS256, the strongest first. Not what this Node.js happens to know besides: a key that
 * one process has taken, every other must be able to verify.
 * WebAuthn L3 5.4, pubKeyCredParams
 */
export const ALGORITHMS = [-8, -7, -257];

/**
 * What a browser is asked for to make a passkey: one that signs in by itself and knows its owner by a
 * finger, a face or a PIN, on no authenticator that has one of theirs already. `handle` is all that it
 * learns to know the person by.
 * WebAuthn L3 5.4
 */
export async function creationOptions({
  challenge,
  user,
  handle,
  known,
}: {
  challenge: string;
  user: User;
  handle: string;
  known: readonly KnownCredential[];
}): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const { generateRegistrationOptions } = await import('@simplewebauthn/server');
  return generateRegistrationOptions({
    rpID: rpId(),
    rpName: rpName(),
    userName: user.getUsername(),
    userDisplayName: user.getFullName() || user.getUsername(),
    userID: bytesOf(handle),
    challenge: bytesOf(challenge),
    timeout: CHALLENGE_AGE * 1000,
    attestationType: 'none',
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    excludeCredentials: known.map(descriptorOf),
    supportedAlgorithmIDs: ALGORITHMS,
  });
}
