import { spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Python } from '@/tests/oracle/find-django';
import { makeDatabaseFolder } from '../databases/folder';

/** A running Django: `url` without a slash at its end. */
export type DjangoSite = { url: string; databaseUrl: string; stop(): Promise<void> };

/** Start Django's admin on a new SQLite file. Throws with what it printed when it does not start. */
export async function startDjangoSite({ program }: Python): Promise<DjangoSite> {
  const folder = await makeDatabaseFolder('gatehouse-django-');
  const file = path.join(folder, 'django.sqlite3');
  const child = spawn(program, [path.join(import.meta.dirname, 'django_site.py'), file], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' },
  });
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  let errors = '';
  child.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  const lines = createInterface({ input: child.stdout });
  const port = await Promise.race([
    new Promise<string>((resolve) => lines.once('line', resolve)),
    closed.then(() => null),
  ]);
  const stop = async () => {
    child.stdin.end();
    await closed;
    await rm(folder, { recursive: true, force: true });
  };
  if (port !== null) return { url: `http://localhost:${port}`, databaseUrl: `file:${file}`, stop };
  await stop();
  throw new Error(`Django did not start:\n${errors}`);
}
