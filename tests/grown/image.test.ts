import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyOfTree } from '@/tests/support/copy-of-tree';
import { freePorts } from '@/tests/support/deployed/site';
import { readSource } from '@/tests/support/sources';

const MOST_BYTES = 300_000_000;
// Whom the image runs as, where this process may become somebody else.
const USER = 65_532;
const isRoot = process.getuid?.() === 0;

let folder: string;
const at = (...names: string[]) => path.join(folder, ...names);

/** The commands of the first stage of the Dockerfile, in a shell's words. */
function buildSteps(): string[] {
  const [, stage = ''] = readSource('Dockerfile').split(/^FROM .*$/m);
  const lines = stage.replaceAll('\\\n', ' ').split('\n');
  return lines
    .filter((line) => line.startsWith('RUN '))
    .map((line) =>
      line
        .replace('RUN ', '')
        .replace(/--mount=\S+/, '')
        .replace('/run/secrets/action-key', at('action-key'))
        .replace(' /image', ` ${at('image')}`),
    );
}

const environment = () => [
  '-i',
  `PATH=${path.dirname(process.execPath)}:${process.env['PATH']}`,
  ...['NEXT_TELEMETRY_DISABLED=1', `HOME=${at('home')}`],
];

/** Run a program in the image as its user, who owns nothing of it. */
function inImage(port: number): [program: string, args: string[]] {
  const lowered = isRoot ? ['setpriv', `--reuid=${USER}`, `--regid=${USER}`, '--clear-groups'] : [];
  const variables = [
    ...['NODE_ENV=production', `PORT=${port}`, 'HOST=127.0.0.1', 'WEB_CONCURRENCY=1'],
    ...['SECRET_KEY=only-for-the-image-0123456789abcdefghijklmnop', 'ALLOWED_HOSTS=localhost'],
    ...[`DATABASE_URL=file:${at('data/gatehouse.sqlite3')}`, `MEDIA_ROOT=${at('data/media')}`],
    'DJANGO_SUPERUSER_PASSWORD=a meadow of larks',
  ];
  return ['env', [...environment(), ...variables, ...lowered, process.execPath]];
}

function manage(...args: string[]): string {
  const [program, given] = inImage(1);
  const called = [...given, '--import', 'tsx', 'manage.ts', ...args];
  const { status, stdout, stderr } = spawnSync(program, called, {
    cwd: at('image'),
    encoding: 'utf8',
  });
  return status === 0 ? stdout : `${status}\n${stdout}${stderr}`;
}

describe('the image', () => {
  beforeAll(() => {
    folder = copyOfTree();
    rmSync(at('node_modules'));
    writeFileSync(at('action-key'), `${Buffer.alloc(32, 'key').toString('base64')}\n`);
    for (const name of ['home', 'data']) mkdirSync(at(name));
    if (isRoot) spawnSync('chown', [`${USER}:${USER}`, at('data'), at('home')]);
    for (const step of buildSteps()) {
      const { status, stdout, stderr } = spawnSync('env', [...environment(), 'sh', '-ec', step], {
        cwd: folder,
        encoding: 'utf8',
      });
      if (status !== 0) throw new Error(`${step}\n${(stdout + stderr).slice(-4000)}`);
    }
    chmodSync(folder, 0o755);
  }, 1_200_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('is small, and has neither sources of tests nor a file of settings', () => {
    const { stdout } = spawnSync('du', ['-sb', at('image')], { encoding: 'utf8' });
    console.info(`The image takes ${stdout.split('\t')[0]} bytes.`);
    expect(Number(stdout.split('\t')[0])).toBeLessThan(MOST_BYTES);
    const { stdout: found } = spawnSync(
      'find',
      [at('image'), '-name', '.env*', '-o', '-path', at('image/tests')],
      { encoding: 'utf8' },
    );
    expect(found).toBe('');
  });

  it('manages a database as somebody who may write nothing but that', () => {
    expect(manage('migrate')).toContain('Added content type articles.article.');
    expect(
      manage('createsuperuser', '--noinput', '--username', 'a', '--email', 'a@b.co'),
    ).toContain('Superuser created');
    expect(manage('check')).toContain('no issues');
    const help = manage('help');
    for (const command of ['startapp', 'clearsessions', 'backup']) expect(help).toContain(command);
  });

  it('serves the sign-in page, and ends when it is told to', async () => {
    const [port = 0] = await freePorts(1);
    const [program, given] = inImage(port);
    const server = spawn(program, [...given, 'scripts/start.mjs'], {
      cwd: at('image'),
      stdio: 'ignore',
    });
    const ended = new Promise<number | null>((resolve) => server.once('exit', resolve));
    const get = (address: string) =>
      fetch(`http://localhost:${port}${address}`, { headers: { 'accept-encoding': 'br' } }).catch(
        () => new Response(null, { status: 599 }),
      );
    await expect.poll(async () => (await get('/livez/')).status, { timeout: 60_000 }).toBe(200);
    expect((await get('/readyz/')).status).toBe(200);
    const page = await (await get('/accounts/login/')).text();
    expect(page).toContain('name="password"');
    const [script = ''] = /\/_next\/static\/[^"]+\.js/.exec(page) ?? [];
    expect((await get(script)).headers.get('content-encoding')).toBe('br');
    server.kill('SIGTERM');
    expect(await ended).toBe(0);
  }, 120_000);
});
