import { bytesOf } from './bytes';
import type { Challenge } from './challenge';
import type { Assertion } from './credential';
import { expectedOrigins, rpId } from './relying-party';

/** As much of a passkey's row as verifying needs. */
export type StoredCredential = {
  readonly credentialId: string;
  readonly publicKey: string;
  readonly deviceType: string;
};

/** What a verified answer says. */
export type VerifiedAssertion = {
  /** Whether the authenticator knows its owner: a finger, a face, a PIN. */
  readonly isUserVerified: boolean;
  readonly signCount: number;
  readonly backedUp: boolean;
};

/**
 * Verify that a browser has signed this challenge by the passkey, on a page of ours, for our domain.
 * Null for whatever is not so, a passkey that says now that it can be copied and did not before
 * included. The counter is given back and not judged: the library looks at it before the signature,
 * so that anybody who has seen an id could make a key look copied. `takeSignCount` judges it.
 * WebAuthn L3 7.2
 */
export async function verifyAssertion(
  response: Assertion,
  { challenge }: Challenge,
  stored: StoredCredential,
  { headers, isOwnerVerified }: { headers: Pick<Headers, 'get'>; isOwnerVerified: boolean },
): Promise<VerifiedAssertion | null> {
  const { verifyAuthenticationResponse } = await import('@simplewebauthn/server');
  const { userHandle, ...signed } = response.response;
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: {
        ...response,
        response: { ...signed, ...(userHandle && { userHandle }) },
        clientExtensionResults: {},
      },
      expectedChallenge: challenge,
      expectedOrigin: expectedOrigins(headers),
      expectedRPID: rpId(),
      requireUserVerification: isOwnerVerified,
      credential: {
        id: stored.credentialId,
        publicKey: bytesOf(stored.publicKey),
        counter: 0,
      },
    });
    const { userVerified, newCounter, credentialDeviceType, credentialBackedUp } =
      authenticationInfo;
    if (!verified || credentialDeviceType !== stored.deviceType) return null;
    return {
      isUserVerified: userVerified,
      signCount: newCounter,
      backedUp: credentialBackedUp,
    };
  } catch {
    // The library says what is wrong by throwing, with what was sent in the words.
    return null;
  }
}
