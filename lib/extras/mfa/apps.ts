import { defineApp } from '@/lib/apps/define-app';

/** A kind of second factor, by allauth's names. */
type FactorKindName = 'totp' | 'recovery_codes' | 'webauthn';

/** Of whom a second factor is required: everybody, by status, by group, by permission. */
export type FactorRule = 'all' | 'staff' | 'superuser' | `group:${string}` | `perm:${string}`;

/**
 * Second factors: codes of an authenticator app, recovery codes, passkeys; browsers that are trusted
 * for a while; and whom a second factor is required of.
 * Django: no counterpart; allauth.mfa, django-otp
 */
export const mfaApp = defineApp({
  label: 'mfa',
  verboseName: 'Second factors',
  isPersonal: true,
  requires: ['auth', 'sessions', 'messages', 'admin'],
  publicPaths: [
    '/accounts/2fa/authenticate/',
    '/accounts/2fa/enroll/',
    '/accounts/2fa/enroll/recovery-codes/',
    '/accounts/2fa/webauthn/options/',
    '/accounts/2fa/webauthn/login/',
    '/.well-known/webauthn',
    '/accounts/2fa/recovery-codes/download/',
  ],
  enforces: ['MFA_REQUIRED'],
  accountLinks: [{ href: '/accounts/2fa/', label: 'Second factors' }],
  models: {
    totp: {
      verboseName: 'authenticator app',
      defaultPermissions: [],
      permissions: [['reset_factors', "Can remove and reset people's second factors"]],
    },
    passkey: {
      verboseName: 'passkey',
      defaultPermissions: ['delete', 'view'],
      fields: {
        backedUp: { verboseName: 'synced' },
        deviceType: {
          verboseName: 'kept on',
          choices: [
            ['singleDevice', 'One device'],
            ['multiDevice', 'Several devices'],
          ],
        },
        aaguid: { verboseName: 'authenticator model' },
        copySeen: { verboseName: 'may be copied since' },
      },
    },
  },
  throttles: {
    /** Codes of a second factor, by the id of whose they are: nobody has guesses at another's name. */
    mfa: {
      account: { free: 5, delay: 1, maxDelay: 900, forget: 86_400 },
      network: { free: 50, delay: 1, maxDelay: 60, forget: 3600 },
    },
  },
  settings: {
    /** The kinds that people may set up. What somebody has of one that is taken out counts no more. */
    MFA_SUPPORTED_TYPES: ['totp', 'recovery_codes', 'webauthn'] as readonly FactorKindName[],
    /** What authenticator apps call the site; SITE_NAME unless told. */
    MFA_TOTP_ISSUER: '',
    /** Seconds that a code is shown. Codes set up before a change are no longer right. */
    MFA_TOTP_PERIOD: 30,
    /** Digits of a code: 6 or 8. */
    MFA_TOTP_DIGITS: 6,
    /** How many codes before and after the present one are right too, for clocks that differ. */
    MFA_TOTP_TOLERANCE: 1,
    /** How many recovery codes somebody is given. */
    MFA_RECOVERY_CODE_COUNT: 10,
    /** Whether people may let a browser of theirs skip the second factor for a while. */
    MFA_TRUST_ENABLED: true,
    /** Seconds after which a trusted browser asks again: 14 days. */
    MFA_TRUST_COOKIE_AGE: 1_209_600,
    MFA_TRUST_COOKIE_NAME: 'mfa_trusted',
    /**
     * Of whom a second factor is required: `all`, `staff`, `superuser`, `group:NAME`,
     * `perm:app_label.codename`. Whoever has none sets one up at their next sign-in or click.
     */
    MFA_REQUIRED: [] as readonly FactorRule[],
    /** Whether MFA_REQUIRED holds for people whom a proxy signs in (Remote-User) as well. */
    MFA_REQUIRED_FOR_REMOTE: false,
    /** How many people it takes to reset somebody's factors: one, or two. */
    MFA_RESET_APPROVALS: 1 as 1 | 2,
    /** Seconds within which the second person must agree, and an enrolment ticket is good: a day. */
    MFA_RESET_AGE: 86_400,
    /**
     * The kinds that satisfy MFA_REQUIRED; [] for each that makes a second factor. `['webauthn']` asks
     * for what cannot be phished.
     */
    MFA_REQUIRED_TYPES: [] as readonly FactorKindName[],
    /** Whether a passkey signs people in by itself, as both factors. */
    MFA_PASSKEY_LOGIN_ENABLED: true,
    /**
     * The domain that passkeys are made for; the host of APP_ORIGIN unless told, without that
     * `localhost`. It may be a domain above that host. Once changed, all passkeys are worth nothing.
     */
    WEBAUTHN_RP_ID: '',
    /** What browsers call the site; SITE_NAME unless told. */
    WEBAUTHN_RP_NAME: '',
    /**
     * Further origins, such as `https://shop.example`, whose pages may use the passkeys of this site.
     * Browsers take about five names.
     */
    WEBAUTHN_RELATED_ORIGINS: [] as readonly string[],
  },
});
