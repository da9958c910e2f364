import { defineConfig } from '@/lib/apps/define-config';
import { whyHome } from './home-part';
import { objectLinks } from './object-links';
import { whyEntries } from './palette-entries';

/** Links to the reasons from people and permissions, `why` and `who` in the palette, `manage why`. */
export const whyConfig = defineConfig('why', {
  commands: { why: () => import('./management/commands/why') },
  adminAdditions: objectLinks,
  adminHome: [whyHome],
  paletteEntries: [whyEntries],
});
