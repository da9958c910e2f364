import { defineApp } from '@/lib/apps/define-app';

/**
 * Where somebody is signed in, and how they end it there.
 * Django: no counterpart
 */
export const devicesApp = defineApp({
  label: 'devices',
  verboseName: 'Devices',
  requires: ['auth', 'sessions'],
  isPersonal: true,
  models: {},
  accountLinks: [{ href: '/accounts/sessions/', label: 'See where you are signed in' }],
});
