/** Arrows of lib that still point up: which files may import what lies above them, and why. */
export const EXCEPTIONS: readonly { to: string; from: readonly string[]; reason: string }[] = [
  {
    to: 'lib/apps/define-app',
    reason:
      'The settings that apps declare are settings like any other; declarations are pure data.',
    from: ['lib/conf/settings.ts'],
  },
  {
    to: 'lib/contrib/auth/permissions/visible-groups',
    reason:
      'A refusal names the groups that its reader may see, until answers are given their reasons.',
    from: ['lib/http/answer.tsx'],
  },
  {
    to: 'lib/contrib/auth/authenticators/authenticator',
    reason:
      'The guards load session, user and messages themselves until the apps give them to a request.',
    from: ['lib/http/request.ts'],
  },
  {
    to: 'lib/contrib/auth/events/security-events',
    reason:
      'A refusal is told as an event, which names users, until the apps give them to a request.',
    from: ['lib/http/refusals.ts'],
  },
  {
    to: 'lib/contrib/auth/middleware',
    reason: 'The front door asks which addresses are public, until the apps declare them.',
    from: ['lib/http/server/first-refusal.ts'],
  },
  {
    to: 'lib/contrib/auth/models',
    reason:
      'The guards load session, user and messages themselves until the apps give them to a request.',
    from: ['lib/http/answer.tsx', 'lib/http/request.ts'],
  },
  {
    to: 'lib/contrib/auth/permissions/decisions',
    reason:
      'The guards load session, user and messages themselves until the apps give them to a request.',
    from: ['lib/http/answer.tsx'],
  },
  {
    to: 'lib/contrib/auth/remote-user/keep-remote-user',
    reason:
      'The guards load session, user and messages themselves until the apps give them to a request.',
    from: ['lib/http/current.ts'],
  },
  {
    to: 'lib/contrib/auth/remote-user/process-remote-user',
    reason:
      'The guards load session, user and messages themselves until the apps give them to a request.',
    from: ['lib/http/request.ts'],
  },
  {
    to: 'lib/contrib/auth/views',
    reason:
      'The guards load session, user and messages themselves until the apps give them to a request.',
    from: ['lib/http/lost-cookie.ts', 'lib/http/safe-url.ts'],
  },
  {
    to: 'lib/contrib/auth',
    reason:
      'The guards load session, user and messages themselves until the apps give them to a request.',
    from: ['lib/http/request.ts'],
  },
  {
    to: 'lib/contrib/messages/api',
    reason:
      'The guards load session, user and messages themselves until the apps give them to a request.',
    from: ['lib/http/entry-points/run-action.ts'],
  },
  {
    to: 'lib/contrib/messages/constants',
    reason:
      'The guards load session, user and messages themselves until the apps give them to a request.',
    from: ['lib/http/messages.ts', 'lib/http/request.ts'],
  },
  {
    to: 'lib/contrib/messages/signing',
    reason:
      'The guards load session, user and messages themselves until the apps give them to a request.',
    from: ['lib/http/messages.ts'],
  },
  {
    to: 'lib/contrib/messages/storage',
    reason:
      'The guards load session, user and messages themselves until the apps give them to a request.',
    from: ['lib/http/messages.ts'],
  },
  {
    to: 'lib/contrib/sessions/cookie',
    reason:
      'The guards load session, user and messages themselves until the apps give them to a request.',
    from: ['lib/http/request.ts'],
  },
  {
    to: 'lib/contrib/sessions/row',
    reason:
      'The guards load session, user and messages themselves until the apps give them to a request.',
    from: ['lib/http/request.ts'],
  },
  {
    to: 'lib/contrib/sessions/session',
    reason:
      'The guards load session, user and messages themselves until the apps give them to a request.',
    from: ['lib/http/request.ts'],
  },
  {
    to: 'lib/contrib/sessions/store',
    reason:
      'The guards load session, user and messages themselves until the apps give them to a request.',
    from: ['lib/http/entry-points/run-page.ts'],
  },
  {
    to: 'lib/site/apps',
    reason:
      'The settings that apps declare are settings like any other; declarations are pure data.',
    from: ['lib/conf/settings.ts'],
  },
  {
    to: 'lib/site/apps',
    reason:
      "What is installed is the site's to say; its list holds declarations, which are pure data.",
    from: ['lib/apps/declared.ts', 'lib/apps/installed.ts'],
  },
  {
    to: 'lib/site/settings',
    reason: "What the site sets is the site's to say, and is pure data.",
    from: ['lib/conf/settings.ts'],
  },
];
