import { defineApp } from '@/lib/apps/define-app';

const DAY = 86_400;

/** How an address must be proven: not at all, as one likes, or before one is let in. */
export type EmailVerification = 'none' | 'optional' | 'mandatory';

// Each mail counts, not each failure: nobody needs more than three of a kind at once.
const MAILS = {
  account: { free: 3, delay: 60, maxDelay: 3600, forget: DAY },
  network: { free: 20, delay: 10, maxDelay: 300, forget: 3600 },
} as const;

/**
 * Accounts that people make, join, look after and leave: registration, invitations, addresses, sign-in
 * by a mailed code, another username, deletion, the export of one's data. Closed until the settings
 * open it, all but invitations, which need a permission.
 * allauth: account; django-invitations
 */
export const accountApp = defineApp({
  label: 'account',
  isPersonal: true,
  verboseName: 'Accounts',
  requires: ['auth', 'sessions', 'admin', 'grant-rules'],
  publicPaths: [
    '/accounts/signup/',
    '/accounts/signup/sent/',
    '/accounts/signup/complete/',
    '/accounts/signup/:key/',
    '/accounts/login/code/',
    '/accounts/login/code/confirm/',
    '/accounts/login/code/:key/',
    '/accounts/verify-email/',
    '/accounts/confirm-email/:key/',
    '/accounts/email/undo/',
    '/accounts/email/undo/:key/',
    '/accounts/invitation/',
    '/accounts/invitation/:token/',
    '/accounts/delete/undo/',
    '/accounts/delete/undo/:key/',
  ],
  accountLinks: [
    { href: '/accounts/email/', label: 'Email addresses' },
    { href: '/accounts/name/', label: 'Change your name', setting: 'ACCOUNT_CHANGE_NAME' },
    { href: '/accounts/username/', label: 'Change username', setting: 'ACCOUNT_CHANGE_USERNAME' },
    { href: '/accounts/export/', label: 'Export your data', order: 90 },
    {
      href: '/accounts/delete/',
      label: 'Delete your account',
      setting: 'ACCOUNT_DELETION_ENABLED',
      order: 91,
    },
  ],
  throttles: { signup: MAILS, login_code: MAILS, email: MAILS, invitation: MAILS },
  settings: {
    /** Whether strangers may register. */
    ACCOUNT_SIGNUP_ENABLED: false,
    /** Domains of the addresses that may register, in lower case; none: every domain may. */
    ACCOUNT_SIGNUP_DOMAINS: [] as readonly string[],
    /** Usernames that nobody takes by themselves, whatever their case. allauth's. */
    ACCOUNT_USERNAME_BLACKLIST: [] as readonly string[],
    /** Whether one may sign in by a code that is mailed. allauth's. */
    ACCOUNT_LOGIN_BY_CODE_ENABLED: false,
    /** Seconds that a mailed code to sign in is good for. allauth's. */
    ACCOUNT_LOGIN_BY_CODE_TIMEOUT: 180,
    /** Tries at one code. allauth's. */
    ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS: 3,
    /** `mandatory` lets nobody in whose address is not confirmed; `optional` reminds them. allauth's. */
    ACCOUNT_EMAIL_VERIFICATION: 'none' as EmailVerification,
    /** Seconds that the link which confirms an address is good for. allauth counts days. */
    ACCOUNT_EMAIL_CONFIRMATION_EXPIRE: DAY,
    /** Whether people may change their own first and last name, which tell nobody apart. */
    ACCOUNT_CHANGE_NAME: true,
    /** Whether people may change their own username. */
    ACCOUNT_CHANGE_USERNAME: false,
    /** Whether people may delete their own account. */
    ACCOUNT_DELETION_ENABLED: false,
    /** Seconds between asking for it and being deleted, in which it can be undone; 0: at once. */
    ACCOUNT_DELETION_GRACE: 0,
    /** Whether who has the permission may invite. */
    INVITATIONS_ENABLED: true,
    /** Seconds that an invitation is good for. django-invitations counts days. */
    INVITATIONS_INVITATION_EXPIRY: 7 * DAY,
  },
  models: {
    emailaddress: {
      verboseName: 'email address',
      verboseNamePlural: 'email addresses',
      fields: { email: { verboseName: 'email address' } },
    },
    invitation: {
      verboseName: 'invitation',
      fields: {
        email: {
          verboseName: 'email address',
          helpText: 'Whoever reads the mail to this address can accept.',
        },
        inviterUsername: { verboseName: 'invited by' },
        note: {
          isBlank: true,
          helpText: 'Stands in the mail, under your name. At most 500 characters.',
        },
        groups: {
          isBlank: true,
          helpText: 'Whoever accepts joins these, as far as you still hold what they give by then.',
        },
      },
    },
    accountdeletion: {
      verboseName: 'account deletion',
      defaultPermissions: ['delete', 'view'],
    },
  },
});
