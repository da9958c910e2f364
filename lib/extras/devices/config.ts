import { defineConfig } from '@/lib/apps/define-config';

/** One's own sessions in the command palette. */
export const devicesConfig = defineConfig('devices', {
  paletteEntries: [
    { pages: () => [{ label: 'Where you are signed in', href: '/accounts/sessions/' }] },
  ],
});
