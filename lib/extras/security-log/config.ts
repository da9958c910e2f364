import { defineConfig, receiver } from '@/lib/apps/define-config';
import { securityEvent, securityEvents } from '@/lib/contrib/auth/events/security-events';
import { userLoggedIn, userLoggedOut, userLoginFailed } from '@/lib/contrib/auth/signals';
import { securityLogAdmin } from './admin';

import { securityLogHome } from './home/home-part';

import { userAdditions } from './object-links';

import { logLoggedIn, logLoggedOut, logLoginFailed } from './receivers';
import { keepSecurityEvent, keepSecurityEvents } from './security-log';
import { triedPeople } from './tried-people';
import { exportEvents } from './user-export';

/** Keeps events, as a screen of the admin too, and brings a command that deletes the old ones. */
export const securityLogConfig = defineConfig('security-log', {
  admins: [securityLogAdmin],
  adminHome: [securityLogHome],
  adminAdditions: [userAdditions],
  triedPeople: [triedPeople],
  userExport: exportEvents,
  commands: { clearsecuritylog: () => import('./management/commands/clearsecuritylog') },
  receivers: [
    receiver(securityEvent, keepSecurityEvent),
    receiver(securityEvents, keepSecurityEvents),
    receiver(userLoggedIn, logLoggedIn),
    receiver(userLoggedOut, logLoggedOut),
    receiver(userLoginFailed, logLoginFailed),
  ],
});
