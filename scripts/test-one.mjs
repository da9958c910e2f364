// `npm run test:one <file> […]`: one test file, or a few, in seconds; --all also on PostgreSQL.
import { ensureBuilt, ensureGenerated, ensureInstalled, fail, runPackage } from './ensure.mjs';

const DATABASES = ['sqlite', 'postgresql'];
const args = process.argv.slice(2);
const files = args.filter((arg) => !arg.startsWith('-'));
const databases = args.includes('--all') ? DATABASES : DATABASES.slice(0, 1);

if (files.length === 0)
  fail('Name a test file: npm run test:one tests/unit/contrib/auth/tokens.test.ts');

const kinds = new Set(files.map(kindOf));
if (kinds.size > 1)
  fail('Name files of one kind: unit, boundary, every-type, grown, integration, oracle or e2e.');
const [kind] = kinds;
const isReady = ensureInstalled() && ensureGenerated() && (kind !== 'e2e' || ensureBuilt());
process.exit(isReady && runFiles() ? 0 : 1);

function kindOf(file) {
  const [, kind] =
    /(?:^|[\\/])tests[\\/](unit|boundary|every-type|grown|integration|oracle|e2e)[\\/]/.exec(
      file,
    ) ?? [];
  return kind ?? fail(`${file} is not below tests/unit, integration, oracle or e2e.`);
}

function runFiles() {
  if (kind === 'e2e') return runPackage('@playwright/test/cli.js', ['test', ...files]);
  const isOnDatabase = ['every-type', 'integration', 'oracle'].includes(kind);
  const projects = isOnDatabase ? databases.map((database) => `${kind}-${database}`) : [kind];
  const named = projects.flatMap((project) => ['--project', project]);
  return runPackage('vitest/vitest.mjs', ['run', ...named, ...files]);
}
