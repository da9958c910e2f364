import { defineConfig } from '@/lib/apps/define-config';
import { mediaUrl } from '@/lib/core/files/media-url';
import './viewers';

/** Gives files an address, and a command that tidies up. */
export const filesConfig = defineConfig('files', {
  fileAddresses: [mediaUrl],
  commands: { clearunusedfiles: () => import('./management/commands/clearunusedfiles') },
});
