import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { settings } from '@/lib/conf/settings';

/** Where the files of the build are, as addresses begin. */
export const ASSETS = '/_next/static/';

let built: ReadonlySet<string> | null | undefined;

/**
 * Whether a path is that of a built file that does not exist. Such a path is past the middleware, as
 * those that exist are, and Next.js would show it as a page. While developing files come and go.
 */
export function isMissingAsset(pathname: string): boolean {
  if (settings.DEBUG || !pathname.startsWith(ASSETS)) return false;
  built ??= readBuilt(path.join(process.cwd(), '.next/static'));
  return built !== null && !built.has(decoded(pathname.slice(ASSETS.length)));
}

function readBuilt(folder: string): ReadonlySet<string> | null {
  if (!existsSync(folder)) return null;
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return new Set(files.map((file) => file.split(path.sep).join('/')));
}

function decoded(file: string): string {
  try {
    return decodeURIComponent(file);
  } catch {
    return file;
  }
}
