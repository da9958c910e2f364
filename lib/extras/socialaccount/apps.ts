import { defineApp } from '@/lib/apps/define-app';

/** Which strangers a provider may make accounts for: nobody, everybody, or those of these domains. */
export type ProviderSignup = 'closed' | 'open' | { readonly domains: readonly string[] };

/** A provider by which people may sign in, as settings.SOCIALACCOUNT_PROVIDERS lists it. */
export type ProviderSetting = {
  /** In addresses and in the column `provider`: lower-case letters, digits, `-` and `_`. */
  readonly id: string;
  /** What people read; the preset's, or the id. */
  readonly name?: string;
  /** Without one it is any provider of OpenID Connect, and has an `issuer`. */
  readonly preset?: 'google' | 'github' | 'microsoft' | 'apple';
  /** As its metadata name it, to the character. A preset has its own; Microsoft's has the tenant in it. */
  readonly issuer?: string;
  readonly clientId: string;
  /**
   * Left out, the environment variable `SOCIALACCOUNT_<ID>_CLIENT_SECRET` has it. Apple's is the private
   * key in PEM, of which secrets are made.
   */
  readonly clientSecret?: string;
  /** Apple's only: who signs with which key. */
  readonly teamId?: string;
  readonly keyId?: string;
  readonly scopes?: readonly string[];
  /** Where its pages are, if not at the issuer's origin: forms of ours may lead there. */
  readonly authorizationOrigin?: string;
  /** Whether an address that it calls verified is believed to be the person's; false unless told. */
  readonly trustEmail?: boolean;
  /** `closed` unless told. */
  readonly signup?: ProviderSignup;
  /** The claim with its groups, and which of ours each of them gives. */
  readonly groups?: { readonly claim: string; readonly map: { readonly [theirs: string]: string } };
  /** Whether signing out here signs out there too; `local` unless told. */
  readonly logout?: 'local' | 'provider';
  /** Asked of it as `acr_values`, and demanded of its answer. */
  readonly acrValues?: string;
  /** Seconds since somebody has shown it who they are, at most. */
  readonly maxAge?: number;
  /** Whether its word (`amr`) that somebody has shown a second factor counts here; false unless told. */
  readonly trustAmr?: boolean;
};

/**
 * Signing in with an account elsewhere: OpenID Connect, and GitHub. With no provider listed it adds
 * nothing to the sign-in page.
 * allauth: socialaccount
 */
export const socialAccountApp = defineApp({
  label: 'socialaccount',
  verboseName: 'Social accounts',
  requires: ['auth', 'sessions', 'admin', 'account'],
  isPersonal: true,
  publicPaths: [
    '/accounts/oidc/:id/login/',
    '/accounts/oidc/:id/login/callback/',
    '/accounts/oidc/:id/backchannel-logout/',
    '/accounts/3rdparty/login/:outcome/',
  ],
  accountLinks: [
    {
      href: '/accounts/3rdparty/',
      label: 'Accounts elsewhere',
      setting: 'SOCIALACCOUNT_PROVIDERS',
    },
  ],
  fromEnvironment: ['SOCIALACCOUNT_PROVIDERS'],
  formOrigins: (settings) => originsOf(settings['SOCIALACCOUNT_PROVIDERS']),
  settings: {
    /**
     * The providers by which people may sign in. The environment variable of this name may give them as
     * JSON.
     */
    SOCIALACCOUNT_PROVIDERS: [] as readonly ProviderSetting[],
    /** Whether an address that a trusted provider and this site have verified signs in to its account. */
    SOCIALACCOUNT_EMAIL_AUTHENTICATION: false,
    /** Whether such a sign-in also links the two. */
    SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT: false,
    /** Seconds that a provider is waited for. allauth's. */
    SOCIALACCOUNT_REQUESTS_TIMEOUT: 5,
  },
  models: {
    socialaccount: {
      verboseName: 'social account',
      defaultPermissions: ['delete', 'view'],
      fields: { uid: { verboseName: 'uid' }, dateJoined: { verboseName: 'linked' } },
    },
  },
});

const PRESET_ORIGINS: Readonly<Record<string, string>> = {
  google: 'https://accounts.google.com',
  github: 'https://github.com',
  microsoft: 'https://login.microsoftonline.com',
  apple: 'https://appleid.apple.com',
};

// What the setting holds is judged by a check; the Edge only must not fail of it.
function originsOf(listed: unknown): string[] {
  if (!Array.isArray(listed)) return [];
  return listed.flatMap((each: unknown) => {
    if (typeof each !== 'object' || each === null) return [];
    const { authorizationOrigin, issuer, preset } = { ...each } as Record<string, unknown>;
    const address = authorizationOrigin ?? issuer ?? PRESET_ORIGINS[String(preset)];
    return typeof address === 'string' && URL.canParse(address) ? [new URL(address).origin] : [];
  });
}
