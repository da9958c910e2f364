import { defineApp } from '@/lib/apps/define-app';

/**
 * Personal access tokens: what a program shows in the place of a sign-in, worth some of what its owner
 * may do, and accounts of programs that belong to nobody's session.
 * Django: no counterpart; Django REST framework's authtoken, django-rest-knox
 */
export const tokensApp = defineApp({
  label: 'tokens',
  verboseName: 'Tokens',
  requires: ['auth', 'sessions'],
  isPersonal: true,
  apiPaths: ['/api/'],
  publicPaths: ['/accounts/tokens/service/'],
  accountLinks: [
    { href: '/accounts/tokens/', label: 'Access tokens', permission: 'tokens.add_token' },
  ],
  models: {
    token: {
      verboseName: 'token',
      defaultPermissions: ['add', 'delete', 'view'],
      fields: {
        user: { verboseName: 'owner' },
        isFull: { verboseName: 'unlimited' },
        lastUsedIp: { verboseName: 'last used from' },
        revoked: { verboseName: 'ended' },
      },
    },
    serviceaccount: {
      verboseName: 'service account',
      fields: {
        user: { verboseName: 'account', helpText: 'A user with no password: a program.' },
        owner: { verboseName: 'answered for by', isBlank: true },
      },
    },
  },
  throttles: {
    /**
     * Invented tokens, by the network that they come from, where an app counts tries; a good token
     * never waits.
     */
    token: {
      account: { free: 50, delay: 1, maxDelay: 60, forget: 3600 },
      network: { free: 50, delay: 1, maxDelay: 60, forget: 3600 },
    },
  },
  settings: {
    /**
     * How many requests a token makes in how many seconds. Counted in the memory of each process, since a
     * write for each request is too dear: with several processes it is that many times as much.
     */
    TOKENS_RATE: { requests: 600, per: 60 } as { requests: number; per: number },
    /** Seconds that a token lives at most: 366 days. Null lets people make some without an end. */
    TOKENS_MAX_AGE: 31_622_400 as number | null,
    /** Tokens that a person may have at a time. */
    TOKENS_MAX_PER_USER: 50,
    /** Whether a token may carry all that its owner holds, now and later. */
    TOKENS_ALLOW_FULL: false,
    /** Whether a changed password ends the tokens too, as it ends the sessions. */
    TOKENS_END_WITH_PASSWORD: false,
    /** Seconds before its end when the owner of a token is told: a week. */
    TOKENS_REMIND_BEFORE: 604_800,
  },
});
