import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { settings } from '@/lib/conf/settings';
import { ASSETS } from './assets';
import type { Exchange } from './exchange';

/** The types that the build compresses: scripts/serve/compressed-assets.mjs. */
const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=UTF-8',
  '.js': 'application/javascript; charset=UTF-8',
};

/** By their paths in `.next/static`, with slashes: what the build has compressed. */
type Compressed = ReadonlyMap<string, { type: string; bytes: Buffer }>;

let built: Compressed | undefined;

/**
 * Answer with what the build has compressed of the file that is asked for, where whoever asks takes
 * brotli: Next.js would compress it anew for each browser, to an eighth more. False, and nothing is
 * answered, for what was not compressed, for a part of a file and while developing.
 */
export function answerCompressed(
  { request, response, url }: Pick<Exchange, 'request' | 'response' | 'url'>,
  compressed: () => Compressed = ofBuild,
): boolean {
  if (!url.startsWith(ASSETS) || settings.DEBUG) return false;
  const { method, headers } = request;
  if (!['GET', 'HEAD'].includes(method ?? '') || headers.range !== undefined) return false;
  const file = compressed().get(url.slice(ASSETS.length).replace(/\?.*$/, ''));
  if (!file || !takesBrotli(headers['accept-encoding'])) return false;
  response.writeHead(200, {
    'Cache-Control': 'public, max-age=31536000, immutable',
    'Content-Encoding': 'br',
    'Content-Length': file.bytes.length,
    'Content-Type': file.type,
    Vary: 'Accept-Encoding',
  });
  response.end(file.bytes);
  return true;
}

function ofBuild(): Compressed {
  built ??= readCompressed(path.join(process.cwd(), '.next/compressed'));
  return built;
}

/**
 * All of a folder of compressed files, in memory: a build that is replaced while it is served takes none
 * away. Those that cannot be read, and where there is no folder all, are left to Next.js.
 */
export function readCompressed(folder: string): Compressed {
  const files = new Map<string, { type: string; bytes: Buffer }>();
  try {
    for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      const name = file.split(path.sep).join('/').replace(/\.br$/, '');
      const type = TYPES[path.posix.extname(name)];
      if (type) files.set(name, { type, bytes: readFileSync(path.join(folder, file)) });
    }
  } catch {
    // A build that is being replaced takes files away one by one.
  }
  return files;
}

function takesBrotli(accepted: string | string[] | undefined): boolean {
  return String(accepted ?? '')
    .split(',')
    .some((each) => /^\s*br\s*($|;\s*q=(?!0(\.0*)?\s*$))/i.test(each));
}
