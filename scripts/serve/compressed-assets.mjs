// What browsers fetch of a build, compressed once beside it: lib/http/server/compressed-assets.ts answers with it.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';

/** Where `next build` has just deleted what was there before. Takes about a second. */
export function writeCompressedAssets(folder) {
  const from = path.join(folder, '.next/static');
  const to = path.join(folder, '.next/compressed');
  for (const file of readdirSync(from, { recursive: true })) {
    if (!/\.(css|js)$/.test(file)) continue;
    const whole = readFileSync(path.join(from, file));
    const params = { [constants.BROTLI_PARAM_SIZE_HINT]: whole.length };
    mkdirSync(path.dirname(path.join(to, file)), { recursive: true });
    writeFileSync(path.join(to, `${file}.br`), brotliCompressSync(whole, { params }));
  }
}
