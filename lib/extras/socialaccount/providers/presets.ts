/** What a provider says of somebody, as it says it. */
export type Claims = { readonly [claim: string]: unknown };

/** What is fixed of a provider that many use. */
export type Preset = {
  readonly name: string;
  readonly issuer: string;
  readonly scopes: readonly string[];
  /** Whether this issuer's word that an address is verified can be trusted at all. */
  isEmailVerified(claims: Claims, issuer: string): boolean;
  /** How it answers, where that is not by a query. */
  readonly responseMode?: 'form_post';
};

/** Whether a provider calls an address verified; Apple writes the word as a text. */
export function saysVerified({ email_verified: verified }: Claims): boolean {
  return verified === true || verified === 'true';
}

// Of these every tenant is let in, and whoever runs one writes the addresses of its people.
const SHARED_TENANTS = /\/(common|organizations|consumers)\/v2\.0$/;

/** Whether an issuer of Microsoft's stands for many tenants. */
export function isSharedTenant(issuer: string): boolean {
  return SHARED_TENANTS.test(issuer);
}

/** The presets. What they say was read at the providers; their consoles say what to register. */
export const PRESETS: Readonly<Record<'google' | 'github' | 'microsoft' | 'apple', Preset>> = {
  google: {
    name: 'Google',
    issuer: 'https://accounts.google.com',
    scopes: ['openid', 'email', 'profile'],
    // Of any other address Google says once that it was read, and not that it still is.
    isEmailVerified: (claims) =>
      saysVerified(claims) &&
      (/@gmail\.com$/i.test(String(claims['email'])) || typeof claims['hd'] === 'string'),
  },
  github: {
    name: 'GitHub',
    issuer: 'https://github.com',
    scopes: ['read:user', 'user:email'],
    isEmailVerified: saysVerified,
  },
  microsoft: {
    name: 'Microsoft',
    issuer: 'https://login.microsoftonline.com/common/v2.0',
    scopes: ['openid', 'email', 'profile'],
    // Entra says it by xms_edov, and only to who has asked for that claim.
    isEmailVerified: (claims, issuer) =>
      !isSharedTenant(issuer) && (saysVerified(claims) || claims['xms_edov'] === true),
  },
  apple: {
    name: 'Apple',
    issuer: 'https://appleid.apple.com',
    scopes: ['openid', 'name', 'email'],
    isEmailVerified: saysVerified,
    responseMode: 'form_post',
  },
};
