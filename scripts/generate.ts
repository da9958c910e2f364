/**
 * Makes the two Prisma clients, one per database, and the models' metadata from
 * prisma/schema.prisma and the models of the apps in prisma/schema.
 * Does nothing while schema, configuration and Prisma are what they were at the last run; `--force`
 * runs all the same, and `--in FOLDER` reads `prisma` there and writes `generated` beside it.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { readSchema } from '@/lib/db/migrations/schema-files';
import { deriveSqliteSchema } from '@/lib/db/migrations/sqlite-schema';

const root = join(import.meta.dirname, '..');
const elsewhere = process.argv[process.argv.indexOf('--in') + 1];
const site = process.argv.includes('--in') && elsewhere ? elsewhere : null;
const generated = site === null ? join(root, 'lib/generated') : join(site, 'generated');
const stampFile = join(generated, 'stamp');
const prismaManifest = createRequire(import.meta.url).resolve('prisma/package.json');

const schema = readSchema(join(site ?? root, 'prisma'));
const schemas = { postgresql: schema, sqlite: deriveSqliteSchema(schema) };
const stamp = createHash('sha256')
  .update(schemas.postgresql)
  .update(schemas.sqlite)
  .update(readFileSync(join(root, 'prisma.config.ts')))
  .update(readFileSync(join(root, 'prisma/model-meta.ts')))
  .update(generatorText())
  .update(readFileSync(prismaManifest))
  .digest('hex');

function generatorText(): string {
  const folder = join(root, 'prisma/meta');
  return readdirSync(folder)
    .toSorted()
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('');
}

function isUpToDate(): boolean {
  const files = ['postgresql/client.ts', 'sqlite/client.ts', 'model-meta.ts', 'column-rules.ts'];
  return (
    files.every((name) => existsSync(join(generated, name))) &&
    existsSync(stampFile) &&
    readFileSync(stampFile, 'utf8') === stamp
  );
}

function runPrismaGenerate(schemaPath: string): Promise<void> {
  const cli = join(dirname(prismaManifest), 'build/index.js');
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [cli, 'generate', '--no-hints', '--schema', schemaPath], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, PRISMA_HIDE_UPDATE_MESSAGE: '1', CHECKPOINT_DISABLE: '1' },
    });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`prisma generate --schema ${schemaPath} failed:\n${output}`));
    });
  });
}

if (!process.argv.includes('--force') && isUpToDate()) process.exit(0);

mkdirSync(generated, { recursive: true });
rmSync(stampFile, { force: true });
await Promise.all(
  Object.entries(schemas).map(([provider, text]) => {
    const file = join(generated, `${provider}.prisma`);
    writeFileSync(file, text);
    return runPrismaGenerate(file);
  }),
);
writeFileSync(stampFile, stamp);
