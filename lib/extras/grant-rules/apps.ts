import { defineApp } from '@/lib/apps/define-app';

/**
 * Who may give what to whom in the admin: rules that Django does not have, each of which a setting
 * takes away. Without the app whoever may change users and groups gives anything, as in Django.
 * Django: no counterpart
 */
export const grantRulesApp = defineApp({
  label: 'grant-rules',
  verboseName: 'Rules of granting',
  requires: ['auth'],
  models: {},
  settings: {
    /**
     * Without being superuser nobody gives a permission that they do not hold: not to a user, not to
     * a group, not by way of one, and not by touching what another signs in with. Taking is allowed.
     */
    GRANT_ONLY_HELD_PERMISSIONS: true,
    /** Only a superuser makes somebody a superuser, or an ordinary user again. */
    SUPERUSER_STATUS_NEEDS_SUPERUSER: true,
    /** Only a superuser touches a superuser: password, sessions, waits, deletion, any change. */
    CHANGE_SUPERUSER_NEEDS_SUPERUSER: true,
    /** Without being superuser nobody gives anything to themselves. */
    REFUSE_RAISING_ONESELF: true,
    /** The last active superuser can be neither deleted nor deactivated nor demoted. */
    KEEP_LAST_SUPERUSER: true,
  },
});
