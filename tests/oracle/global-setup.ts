import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findAllauth, findDjango } from './find-django';

/** The sample of `npm test` is the same each time; the long run takes another one each time. */
const SAMPLE_SEED = 20_260_101;

/**
 * Look for Django once for all files, and say at the end how many cases were compared. Without
 * Django the tests are skipped and a line says so; in CI `presence.test.ts` then fails.
 */
export function setup(): (() => void) | undefined {
  if (process.env['ORACLE_PYTHON']) return undefined;
  const python = findDjango();
  process.env['ORACLE_PYTHON'] = JSON.stringify(python);
  if (!python) {
    console.warn(
      '\nSKIPPED: the oracle. No Python here has Django and psycopg; DJANGO_PYTHON may name one.\n',
    );
    return undefined;
  }
  const allauth = findAllauth();
  process.env['ORACLE_ALLAUTH'] = JSON.stringify(allauth);
  if (!allauth) console.warn('\nSKIPPED: the oracle of allauth. No Python here has it.\n');
  const isLong = process.env['TEST_LONG'] === '1';
  const seed = process.env['ORACLE_SEED'] ?? String(isLong ? Date.now() % 2 ** 31 : SAMPLE_SEED);
  const folder = mkdtempSync(path.join(tmpdir(), 'gatehouse-oracle-'));
  process.env['ORACLE_SEED'] = seed;
  process.env['ORACLE_COUNTS'] = folder;
  return () => {
    const counts = readdirSync(folder).map(
      (file) => [file, Number(readFileSync(path.join(folder, file), 'utf8'))] as const,
    );
    rmSync(folder, { recursive: true, force: true });
    const sum = (part: typeof counts) => part.reduce((all, [, cases]) => all + cases, 0);
    const own = sum(counts.filter(([file]) => !file.startsWith('auth_User')));
    const django = `Django ${python.version.join('.')} (${python.program})`;
    console.info(
      `\nOracle: ${sum(counts)} cases compared with ${django}, ${own} of them with a user model of its own, seed ${seed}${isLong ? '' : ', a sample'}.`,
    );
  };
}
