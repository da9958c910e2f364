// What next.config.mjs reads of the settings, compiled beside the build: whoever serves it starts no compiler.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const require = createRequire(import.meta.url);

const fileIn = (folder) => path.join(folder, '.next/settings.mjs');

/** Where `next build` has just deleted what was there before. The values are read where it is loaded. */
export function writeBuiltSettings(folder) {
  // Here, and not above: the file is read where nothing is installed yet.
  const { buildSync } = require('esbuild');
  const contents = `
    export { settings } from './lib/conf/settings';
    export { trustedHosts } from './lib/conf/trusted-hosts';`;
  buildSync({
    stdin: { contents, resolveDir: folder, loader: 'ts' },
    outfile: fileIn(folder),
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
  });
}

/** The address to import it from; null where `next build` was called by itself. */
export function findBuiltSettings(folder) {
  return existsSync(fileIn(folder)) ? fileIn(folder) : null;
}
