import { importPKCS8, SignJWT } from 'jose';
import { ImproperlyConfigured } from '@/lib/core/exceptions';
import type { ProviderSetting } from '@/lib/extras/socialaccount/apps';

/** Seconds that a secret is good for: made anew with the metadata, which live an hour. Apple takes six months. */
const AGE = 7200;

/**
 * The client secret that Apple wants: a token that the developer's key signs. Throws where the key is
 * none.
 * Apple: Creating a client secret
 */
export async function appleClientSecret(
  { clientId, teamId = '', keyId = '' }: ProviderSetting,
  privateKey: string,
): Promise<string> {
  const key = await importPKCS8(privateKey.replaceAll('\\n', '\n'), 'ES256').catch(() => {
    throw new ImproperlyConfigured('The client secret of Apple is no private key in PEM.');
  });
  return new SignJWT({})
    .setProtectedHeader({ alg: 'ES256', kid: keyId })
    .setIssuer(teamId)
    .setSubject(clientId)
    .setAudience('https://appleid.apple.com')
    .setIssuedAt()
    .setExpirationTime(`${AGE}s`)
    .sign(key);
}
