import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  ClientSecretPost,
  Configuration,
  calculatePKCECodeChallenge,
  fetchProtectedResource,
} from 'openid-client';
import { z } from 'zod';
import { settings } from '@/lib/conf/settings';
import type { ProviderSetting } from '@/lib/extras/socialaccount/apps';
import type { ProviderAdapter } from './adapter';
import { identityOf } from './claims';
import { clientSecretOf, isLoopback, issuerOf } from './configured';
import { PRESETS } from './presets';

const profile = z.object({
  /** Theirs for good; `login` is free for others once they have another. */
  id: z.number().int(),
  login: z.string(),
  name: z.string().nullish(),
});
const addresses = z.array(
  z.object({ email: z.string(), primary: z.boolean(), verified: z.boolean() }),
);

/**
 * GitHub, which speaks OAuth and gives no id_token: who somebody is, its API says, asked with the token
 * that has just been had for it. `issuer` names an installation of one's own.
 * GitHub: Authorizing OAuth apps; RFC 7636
 */
export function github(setting: ProviderSetting): ProviderAdapter {
  const issuer = issuerOf(setting);
  const configuration = configurationOf(setting, issuer);
  return {
    async begin({ state, verifier }, redirectUri) {
      return buildAuthorizationUrl(configuration, {
        redirect_uri: redirectUri,
        scope: (setting.scopes ?? PRESETS.github.scopes).join(' '),
        state,
        code_challenge: await calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      });
    },
    async identify({ url, secrets }) {
      const tokens = await authorizationCodeGrant(configuration, url, {
        expectedState: secrets.state,
        pkceCodeVerifier: secrets.verifier,
      });
      const ask = (path: string) => askApi(configuration, tokens.access_token, issuer, path);
      const { id, login, name } = profile.parse(await ask('/user'));
      const primary = addresses.parse(await ask('/user/emails')).find((each) => each.primary);
      const claims = {
        iss: issuer,
        sub: String(id),
        name: name ?? '',
        preferred_username: login,
        email: primary?.email,
        email_verified: primary?.verified,
      };
      return identityOf(setting, { claims, idToken: '' });
    },
    endSession: async () => null,
  };
}

function configurationOf(setting: ProviderSetting, issuer: string): Configuration {
  const secret = clientSecretOf(setting);
  const metadata = {
    issuer,
    authorization_endpoint: `${issuer}/login/oauth/authorize`,
    token_endpoint: `${issuer}/login/oauth/access_token`,
  };
  const made = new Configuration(metadata, setting.clientId, secret, ClientSecretPost(secret));
  made.timeout = settings.SOCIALACCOUNT_REQUESTS_TIMEOUT;
  if (isLoopback(issuer)) allowInsecureRequests(made);
  return made;
}

async function askApi(
  configuration: Configuration,
  accessToken: string,
  issuer: string,
  path: string,
): Promise<unknown> {
  const api = issuer === PRESETS.github.issuer ? 'https://api.github.com' : `${issuer}/api/v3`;
  const headers = new Headers({ accept: 'application/vnd.github+json', 'user-agent': 'gatehouse' });
  const address = new URL(api + path);
  const answer = await fetchProtectedResource(
    configuration,
    accessToken,
    address,
    'GET',
    undefined,
    headers,
  );
  if (!answer.ok) throw new Error(`GitHub answered ${answer.status} to ${path}.`);
  return answer.json();
}
