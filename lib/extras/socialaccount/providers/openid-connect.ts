import {
  authorizationCodeGrant,
  buildAuthorizationUrl,
  buildEndSessionUrl,
  type Configuration,
  calculatePKCECodeChallenge,
  fetchUserInfo,
} from 'openid-client';
import type { ProviderSetting } from '@/lib/extras/socialaccount/apps';
import type { ProviderAdapter, ProviderAnswer, Secrets } from './adapter';
import { identityOf } from './claims';
import { presetOf } from './configured';
import { configurationOf } from './metadata';
import type { Claims } from './presets';

const SCOPES = ['openid', 'email', 'profile'];

/**
 * A provider of OpenID Connect, found by its metadata: the code flow with PKCE, state, nonce and, where
 * it is sent, `iss`; the token's signature is checked though it comes by TLS.
 * OpenID Connect Core 1.0, 3.1; RFC 9700; RFC 9207
 */
export function openIdConnect(setting: ProviderSetting): ProviderAdapter {
  return {
    async begin(secrets, redirectUri) {
      const configuration = await configurationOf(setting);
      return buildAuthorizationUrl(configuration, await askedFor(setting, secrets, redirectUri));
    },
    async identify(answer) {
      const configuration = await configurationOf(setting);
      const { idToken, claims } = await tokensOf(configuration, setting, answer);
      return identityOf(setting, { claims, idToken, name: answer.name });
    },
    async endSession(idToken, redirectUri) {
      const configuration = await configurationOf(setting);
      if (configuration.serverMetadata().end_session_endpoint === undefined) return null;
      return buildEndSessionUrl(configuration, {
        id_token_hint: idToken,
        post_logout_redirect_uri: redirectUri,
      });
    },
  };
}

async function askedFor(
  setting: ProviderSetting,
  { state, nonce, verifier }: Secrets,
  redirectUri: string,
): Promise<Record<string, string>> {
  const preset = presetOf(setting);
  const { scopes = preset?.scopes ?? SCOPES, maxAge, acrValues } = setting;
  return {
    redirect_uri: redirectUri,
    scope: [...new Set(['openid', ...scopes])].join(' '),
    state,
    nonce,
    code_challenge: await calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    ...(preset?.responseMode && { response_mode: preset.responseMode }),
    ...(maxAge !== undefined && { max_age: String(maxAge) }),
    ...(acrValues !== undefined && { acr_values: acrValues }),
  };
}

async function tokensOf(
  configuration: Configuration,
  setting: ProviderSetting,
  { url, secrets }: ProviderAnswer,
): Promise<{ claims: Claims; idToken: string }> {
  const { maxAge, acrValues } = setting;
  const tokens = await authorizationCodeGrant(configuration, url, {
    expectedState: secrets.state,
    expectedNonce: secrets.nonce,
    pkceCodeVerifier: secrets.verifier,
    idTokenExpected: true,
    ...(maxAge !== undefined && { maxAge }),
  });
  const claims = tokens.claims();
  if (!claims) throw new Error('The provider gave no id_token.');
  if (acrValues !== undefined && !acrValues.split(' ').includes(String(claims.acr))) {
    throw new Error('The provider did not ask for as much as it was asked for.');
  }
  const more = wantsMore(setting, claims)
    ? await moreOf(configuration, tokens.access_token, claims.sub)
    : {};
  return { claims: { ...more, ...claims }, idToken: tokens.id_token ?? '' };
}

function wantsMore({ groups, preset }: ProviderSetting, claims: Claims): boolean {
  if (preset === 'apple') return false;
  return claims['email'] === undefined || (groups !== undefined && !(groups.claim in claims));
}

async function moreOf(
  configuration: Configuration,
  accessToken: string,
  subject: string,
): Promise<Claims> {
  if (configuration.serverMetadata().userinfo_endpoint === undefined) return {};
  return { ...(await fetchUserInfo(configuration, accessToken, subject)) };
}

/** Whom the metadata of a provider name, and where the keys are that sign its tokens. */
export async function signerOf(setting: ProviderSetting) {
  const { issuer, jwks_uri: keys = '' } = (await configurationOf(setting)).serverMetadata();
  return { issuer, keys };
}
