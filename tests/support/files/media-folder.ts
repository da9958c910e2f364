import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { vi } from 'vitest';
import { filesDiscarded } from '@/lib/contrib/admin/files/discard';

let folder = '';

/** A folder of their own for the files of these tests, gone after them; for `beforeAll`. */
export function mediaFolder(): () => void {
  folder = mkdtempSync(path.join(tmpdir(), 'gatehouse-media-'));
  vi.stubEnv('MEDIA_ROOT', folder);
  return () => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true, force: true });
  };
}

/** Where a file lies. */
export function mediaPath(name: string): string {
  return path.join(folder, name);
}

/** The names of all files that there are, once those are gone that were to go. */
export async function mediaFiles(): Promise<string[]> {
  await filesDiscarded();
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .sort();
}
