import { defineConfig, receiver } from '@/lib/apps/define-config';
import { securityEvent, securityEvents } from '@/lib/contrib/auth/events/security-events';
import { loginCompleted } from '@/lib/contrib/auth/signals';
import { alertOfFailures } from './many-failures';
import { alertOfSignIn } from './new-device';
import { alertOfSuperusers } from './superuser-made';

/** Listens to what the framework tells of, and writes mails once the request is answered. */
export const alertsConfig = defineConfig('alerts', {
  receivers: [
    receiver(securityEvent, async ({ event }) => {
      alertOfSuperusers([event], event.tx);
      alertOfFailures(event);
    }),
    receiver(securityEvents, async ({ events, tx }) => alertOfSuperusers(events, tx)),
    receiver(loginCompleted, async ({ request, user }) => alertOfSignIn(request, user)),
  ],
});
