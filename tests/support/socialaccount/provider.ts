import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import type { Provider } from 'oidc-provider';

export const CLIENT = { clientId: 'gatehouse', clientSecret: 'a-secret-that-only-the-two-know' };

/** What is known of somebody at the provider, and by what they have shown who they are. */
type Person = { readonly amr?: readonly string[]; readonly [claim: string]: unknown };

type Asking = {
  client: { clientId: string };
  session: { accountId: string; grantIdFor(clientId: string): string | undefined };
};

/** What becomes of a token before it is sent: its claims, as they are signed. */
type Tamper = (claims: JWTPayload) => Promise<string> | string;

/**
 * A provider of OpenID Connect on a loopback port, the real package, where `at` signs in without a word:
 * `people` are its accounts by `sub`. It answers once `open` has said where its client comes from.
 */
export async function startProvider(ids: readonly string[]) {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const jwk = { ...(await exportJWK(privateKey)), kid: 'one', use: 'sig', alg: 'RS256' };
  const people = new Map<string, Person>();
  const at = { sub: '', tamper: null as Tamper | null };

  async function open(origin: string): Promise<void> {
    const provider: Provider = await makeQuietly(issuer, {
      ...CONFIGURATION,
      clients: [clientAt(origin, issuer, ids)],
      jwks: { keys: [jwk] },
      findAccount: (_: unknown, sub: string) => ({
        accountId: sub,
        claims: async () => ({ ...people.get(sub), amr: undefined, sub }),
      }),
      async loadExistingGrant({ oidc }: { oidc: Asking }) {
        const { clientId } = oidc.client;
        const known = oidc.session.grantIdFor(clientId);
        if (known) return provider.Grant.find(known);
        const grant = new provider.Grant({ clientId, accountId: oidc.session.accountId });
        grant.addOIDCScope('openid email profile');
        await grant.save();
        return grant;
      },
    });
    provider.use(async (context, next) => {
      await next();
      const { body } = context;
      if (context.path !== '/token' || !at.tamper || !isTokens(body)) return;
      const [, claims = ''] = body.id_token.split('.');
      body.id_token = await at.tamper(JSON.parse(Buffer.from(claims, 'base64url').toString()));
    });
    const answer = provider.callback();
    server.on('request', (request, response) => {
      if (!request.url?.startsWith('/interaction/')) return answer(request, response);
      const { amr = [] } = people.get(at.sub) ?? {};
      const login = { accountId: at.sub, amr: [...amr] };
      const whole = { mergeWithLastSubmission: false };
      return provider.interactionFinished(request, response, { login }, whole);
    });
  }

  return {
    issuer,
    people,
    at,
    open,
    /** A token that it would sign, or one with another header. */
    sign: (claims: JWTPayload, header: { typ?: string; alg?: string } = {}) =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: 'RS256', kid: 'one', ...header })
        .sign(privateKey),
    stop: () =>
      new Promise<void>((stopped) => {
        server.close(() => stopped());
        server.closeAllConnections();
      }),
  };
}

export type TestProvider = Awaited<ReturnType<typeof startProvider>>;

const CONFIGURATION = {
  ttl: Object.fromEntries(
    ['AccessToken', 'Grant', 'IdToken', 'Interaction', 'Session'].map((name) => [name, 600]),
  ),
  cookies: { keys: ['only-for-tests'] },
  pkce: { required: () => true },
  conformIdTokenClaims: false,
  claims: {
    openid: ['sub', 'groups', '_claim_names', 'sid', 'amr', 'acr', 'auth_time'],
    email: ['email', 'email_verified'],
    profile: ['name', 'given_name', 'family_name', 'preferred_username'],
  },
  features: {
    devInteractions: { enabled: false },
    rpInitiatedLogout: {
      enabled: true,
      logoutSource(context: { body: unknown }, form: string) {
        context.body = `<!doctype html><link rel="icon" href="data:,">${form}<button form="op.logoutForm" name="logout" value="yes">Yes</button>`;
      },
    },
    backchannelLogout: { enabled: true },
  },
  interactions: { url: (_: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
  // It refuses loopback by itself, which all of this is.
  fetch: (url: string, { dispatcher: _, ...options }: RequestInit & { dispatcher?: unknown }) =>
    fetch(url, options),
};

function clientAt(origin: string, issuer: string, ids: readonly string[]) {
  return {
    client_id: CLIENT.clientId,
    client_secret: CLIENT.clientSecret,
    token_endpoint_auth_method: 'client_secret_post',
    backchannel_logout_uri: `${issuer}/told`,
    backchannel_logout_session_required: true,
    redirect_uris: ids.map((id) => `${origin}/accounts/oidc/${id}/login/callback/`),
    post_logout_redirect_uris: [`${origin}/accounts/logout/`],
  };
}

// It tells everybody who starts it what it thinks of Node 20 and of its defaults.
async function makeQuietly(issuer: string, configuration: object): Promise<Provider> {
  const { info, warn } = console;
  console.info = console.warn = () => {};
  try {
    const { Provider: Made } = await import('oidc-provider');
    return new Made(issuer, configuration);
  } finally {
    Object.assign(console, { info, warn });
  }
}

function isTokens(body: unknown): body is { id_token: string } {
  return typeof body === 'object' && body !== null && 'id_token' in body;
}
