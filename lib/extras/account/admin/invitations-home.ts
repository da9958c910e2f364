import type { HomePart } from '@/lib/contrib/admin/home/home-parts';
import { hasAddPermission } from '@/lib/contrib/admin/model-permissions';
import { invitationAdmin } from './invitation';

/** The way to invite somebody, for who may. */
export const invitationsHome: HomePart = {
  models: ['account.invitation'],
  deeds: async ({ user }) =>
    (await hasAddPermission(user, invitationAdmin))
      ? [{ text: 'Invite a person', href: '/admin/account/invitation/add/', order: 10 }]
      : [],
};
