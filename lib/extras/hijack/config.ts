import { defineConfig, receiver } from '@/lib/apps/define-config';
import { extendAdmin } from '@/lib/contrib/admin/additions';
import { User } from '@/lib/contrib/auth/models';
import { userLoggedOut } from '@/lib/contrib/auth/signals';
import { users } from '@/lib/contrib/auth/users/managers';
import { after } from '@/lib/http/source/current-source';
import { impersonationAdmin } from './admin';
import { impersonationBanner } from './banner';
import { checkHijack } from './checks';
import { moveActing, noteStop, noteUnseenEnds } from './endings';
import { whyNotImpersonate } from './may-impersonate';
import { endParked } from './parked-session';
import { actingNotes } from './session-notes';
import { tellUser, tellUserOf } from './tell-user';
import { exportImpersonations } from './user-export';
import { vouch } from './vouch';

/** Who acts in a session, the list of it, and a link on the page of whoever may be acted as. */
export const hijackConfig = defineConfig('hijack', {
  impersonations: [vouch],
  banners: [impersonationBanner],
  sessionNotes: [actingNotes],
  admins: [impersonationAdmin],
  powerfulPermissions: ['hijack.add_impersonation'],
  adminAdditions: [
    extendAdmin('auth.user', {
      async objectLinks({ id }, actor) {
        const target = await users.getById(id);
        if (!target || !(actor instanceof User)) return [];
        if ((await whyNotImpersonate(actor, target)) !== null) return [];
        const href = `/hijack/acquire/?user_pk=${id}`;
        return [{ label: 'Act as this person', href, order: 9, kind: 'action' }];
      },
    }),
  ],
  checks: [checkHijack],
  userExport: exportImpersonations,
  clearExpired: [() => noteUnseenEnds(tellUserOf)],
  receivers: [
    receiver(userLoggedOut, async ({ request, user }) => {
      if (!user?.impersonator) return;
      const ended = await noteStop(request, 'sign-out');
      if (ended) after(() => tellUser(user, ended));
      if (request.headers) await endParked(request.headers);
    }),
  ],
  sessionMoved: [moveActing],
});
