import { z } from 'zod';
import { bytesOf, textOf } from '@/lib/extras/mfa/passkeys/bytes';
import { NAME_LENGTH } from '@/lib/extras/mfa/passkeys/passkeys';
import type { NewCredential } from '@/lib/extras/mfa/passkeys/verify-attestation';

const kept = z.object({
  name: z.string(),
  credential: z.object({
    response: z.object({
      attestationObject: z.string(),
      transports: z.array(z.string()).default([]),
    }),
    clientExtensionResults: z
      .object({ credProps: z.object({ rk: z.boolean() }) })
      .optional()
      .catch(undefined),
  }),
});

/**
 * The passkey in a row of allauth's, which keeps the whole answer of the browser that made it; null where
 * there is none in it. Django has verified it when it was made; its counter is the one of then. What allauth
 * made as a second factor only, signs nobody in alone.
 * allauth: mfa/webauthn/internal/auth.py WebAuthn.authenticator_data, is_passwordless
 */
export async function readPasskey(
  data: unknown,
): Promise<(NewCredential & { name: string }) | null> {
  const read = kept.safeParse(data).data;
  if (!read) return null;
  const { decodeAttestationObject, parseAuthenticatorData, convertAAGUIDToString } = await import(
    '@simplewebauthn/server/helpers'
  );
  const { response, clientExtensionResults } = read.credential;
  const { attestationObject, transports } = response;
  try {
    const statement = decodeAttestationObject(bytesOf(attestationObject));
    const said = parseAuthenticatorData(statement.get('authData'));
    if (!said.credentialID || !said.credentialPublicKey) return null;
    return {
      name: read.name.slice(0, NAME_LENGTH),
      credentialId: textOf(said.credentialID),
      publicKey: textOf(said.credentialPublicKey),
      signCount: said.counter,
      transports: transports.join(',').slice(0, 100),
      deviceType: said.flags.be ? 'multiDevice' : 'singleDevice',
      backedUp: said.flags.bs,
      aaguid: said.aaguid ? convertAAGUIDToString(said.aaguid) : '',
      passwordless: said.flags.uv && clientExtensionResults?.credProps.rk === true,
    };
  } catch {
    return null;
  }
}
