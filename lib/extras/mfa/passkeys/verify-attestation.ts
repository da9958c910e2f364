import { bytesOf, textOf } from './bytes';
import type { Challenge } from './challenge';
import { ALGORITHMS } from './creation-options';
import type { Attestation } from './credential';
import { expectedOrigins, rpId } from './relying-party';

/** A passkey that was just made, as its row keeps it. */
export type NewCredential = {
  credentialId: string;
  /** COSE, in base64url. */
  publicKey: string;
  signCount: number;
  transports: string;
  /** Whether it can be copied to other devices (synced) is fixed when it is made: the BE flag. */
  deviceType: 'singleDevice' | 'multiDevice';
  backedUp: boolean;
  aaguid: string;
  /** Whether it is found without a name and knows its owner, so that it signs them in alone. */
  passwordless: boolean;
};

/**
 * Verify that a browser has made a passkey for this challenge, on a page of ours, for our domain, and
 * that its owner was verified. Null for whatever is not so. Who made the authenticator is not asked:
 * a statement with certificates, which nobody has been asked for, is refused, because verifying one
 * would have us fetch what it names.
 * WebAuthn L3 7.1
 */
export async function verifyAttestation(
  response: Attestation,
  { challenge }: Challenge,
  headers: Pick<Headers, 'get'>,
): Promise<NewCredential | null> {
  const [{ verifyRegistrationResponse }, { decodeAttestationObject }] = await Promise.all([
    import('@simplewebauthn/server'),
    import('@simplewebauthn/server/helpers'),
  ]);
  try {
    const statement = decodeAttestationObject(bytesOf(response.response.attestationObject));
    const format = statement.get('fmt');
    const isSelfMade = format === 'packed' && statement.get('attStmt').get('x5c') === undefined;
    if (format !== 'none' && !isSelfMade) return null;
    const { clientDataJSON, attestationObject } = response.response;
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response: {
        ...response,
        response: { clientDataJSON, attestationObject },
        clientExtensionResults: {},
      },
      expectedChallenge: challenge,
      expectedOrigin: expectedOrigins(headers),
      expectedRPID: rpId(),
      requireUserVerification: true,
      supportedAlgorithmIDs: ALGORITHMS,
    });
    if (!verified) return null;
    const { credential, credentialDeviceType, credentialBackedUp, aaguid } = registrationInfo;
    return {
      credentialId: credential.id,
      publicKey: textOf(credential.publicKey),
      signCount: credential.counter,
      transports: (response.response.transports ?? []).join(',').slice(0, 100),
      deviceType: credentialDeviceType,
      backedUp: credentialBackedUp,
      aaguid,
      // It was asked for one that is, and says that its owner was verified.
      passwordless: true,
    };
  } catch {
    // The library says what is wrong by throwing, with what was sent in the words.
    return null;
  }
}
