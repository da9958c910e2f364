import { spawn, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { networkInterfaces, tmpdir } from 'node:os';
import path from 'node:path';
import { overrideSettings } from '@/lib/conf/settings';
import { sealSession } from '@/lib/contrib/sessions/cookie';
import { isBuilt } from '@/scripts/ensure.mjs';
import { sendRaw } from '../../support/attack/raw-form';
import { freePort } from '../../support/postgres';
import { repositoryRoot } from '../../support/sources';
import { expect, test } from '../fixtures';

const SECRET_KEY = 'django-insecure-9k$wq3xv@y!b7r_$zt5m2(n*p4j&h6f8d0s2a4';
const LINKED = ['.next', 'app', 'components', 'lib', 'node_modules', 'prisma'];

/** A checkout that shares packages and build with this one, and has a `.env` of its own. */
function checkout(lines: string[]): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'gatehouse-up-'));
  for (const name of LINKED) symlinkSync(path.join(repositoryRoot, name), path.join(folder, name));
  for (const entry of readdirSync(repositoryRoot, { withFileTypes: true })) {
    if (!entry.isFile() || entry.name.startsWith('.env')) continue;
    copyFileSync(path.join(repositoryRoot, entry.name), path.join(folder, entry.name));
  }
  cpSync(path.join(repositoryRoot, 'scripts'), path.join(folder, 'scripts'), { recursive: true });
  writeFileSync(path.join(folder, '.env'), lines.join('\r\n'), { mode: 0o600 });
  return folder;
}

/** As the build has it that is here already: with another one `up` would build again, over it. */
function keyOfBuild(): string {
  const manifest = path.join(repositoryRoot, '.next/server/server-reference-manifest.json');
  const { encryptionKey } = JSON.parse(readFileSync(manifest, 'utf8'));
  const key = ['', String(encryptionKey)].find((each) => isBuilt(each));
  if (key === undefined) throw new Error('The build is older than the sources.');
  return key;
}

/** What a person's shell has, and nothing that these tests set. */
const shell = {
  PATH: process.env['PATH'] ?? '',
  HOME: process.env['HOME'] ?? '',
  NODE_ENV: 'development' as const,
};

function outerAddress(): string | undefined {
  const found = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  return found.find(({ internal, family }) => !internal && family === 'IPv4')?.address;
}

test('npm run up takes .env literally, PORT included, for production and for this machine only', {
  tag: '@no-javascript-only',
}, async () => {
  const port = await freePort();
  const folder = checkout([
    '\uFEFFDATABASE_URL=file:./var/pa$word.sqlite3',
    `SECRET_KEY='${SECRET_KEY}'`,
    'NODE_ENV=development',
    `PORT=${port}`,
    'BCRYPT_ROUNDS=4',
    `NEXT_SERVER_ACTIONS_ENCRYPTION_KEY=${keyOfBuild()}`,
  ]);
  const up = spawn(process.execPath, ['scripts/up.mjs'], { cwd: folder, env: shell });
  let said = '';
  const isUp = new Promise<void>((resolve, reject) => {
    for (const stream of [up.stdout, up.stderr]) {
      stream.on('data', (chunk) => {
        said += chunk;
        if (said.includes('\nPassword: ')) resolve();
      });
    }
    up.once('exit', () => reject(new Error(said)));
  });
  const gone = new Promise<void>((resolve) => up.once('exit', () => resolve()));
  try {
    await isUp;
    expect(said).not.toContain('production build');
    const [, block = ''] = said.split(/(?=Gatehouse is at)/);
    expect(block).toContain(`Gatehouse is at http://localhost:${port}/, for this machine only`);
    expect(block).toMatch(/\nUsername: admin\nPassword: \S{16}\n/);
    for (const host of ['localhost', '127.0.0.1', '[::1]']) {
      const answer = await sendRaw(`http://${host}:${port}/`);
      expect(answer.status, host).toBe(200);
      expect(String(answer.headers['content-security-policy'])).not.toContain('unsafe-eval');
    }
    const outer = outerAddress();
    if (outer) await expect(sendRaw(`http://${outer}:${port}/`)).rejects.toThrow(/ECONNREFUSED/);

    // The gate lets through what the same secret has sealed; the guard finds no such session.
    const seal = { key: 'k', userId: 1, expires: Date.now() + 60_000, untilBrowserCloses: false };
    const value = await overrideSettings({ SECRET_KEY }, () => sealSession(seal));
    const headers = { cookie: `gatehouse_session=${value}` };
    const page = await sendRaw(`http://127.0.0.1:${port}/dashboard/`, { headers });
    expect(page.status).toBe(307);
    const stranger = await sendRaw(`http://127.0.0.1:${port}/dashboard/`);
    expect(stranger.status).toBe(302);

    const modes = ['var', 'var/pa$word.sqlite3', '.env'].map(
      (name) => statSync(path.join(folder, name)).mode & 0o077,
    );
    expect(modes).toEqual([0, 0, 0]);
    const args = ['node_modules/tsx/dist/cli.mjs', 'manage.ts', 'check'];
    const check = spawnSync(process.execPath, args, { cwd: folder, env: shell, encoding: 'utf8' });
    expect(check.stdout).toContain('System check identified no issues');
  } finally {
    up.kill('SIGINT');
    await gone;
    rmSync(folder, { recursive: true, force: true });
  }
});
