import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { copyOfTree } from '@/tests/support/copy-of-tree';
import { selfSignedCertificate } from '@/tests/support/e2e/certificate';

/** The name that docs/deploy.md and deploy/ give the site. */
export const NAME = 'gatehouse.example.com';

const REPOSITORY = 'https://github.com/you/gatehouse.git';

// What only root, or a machine with systemd, can do; the rest is done by the machine's own programs.
const STAND_INS: Readonly<Record<string, string>> = {
  useradd: 'exit 0',
  install:
    'for a; do shift; case "$a" in -o|-g) skip=1;; *) if [ "$skip" ]; then skip=; else set -- "$@" "$a"; fi;; esac; done; exec /usr/bin/install "$@"',
  setpriv: 'while [ "$1" != --clear-groups ]; do shift; done; shift; exec "$@"',
};

/** A machine in a folder, on which docs/deploy.md is followed. */
export type Machine = {
  root: string;
  /** Where the proxy listens for TLS. */
  tls: number;
  /** Run what the page shows, line by line; rejects with what it printed where a line fails. */
  run(script: string): Promise<void>;
  /** Check the proxy's configuration, then start it. */
  startProxy(): void;
  /** The release in which each service runs. */
  servedReleases(): string[];
  remove(): Promise<void>;
};

/**
 * The folder with the programs that stand in for root's, the repository under the address that the page
 * names, and free ports in the place of the page's.
 */
export async function machine(env: (tls: number) => Record<string, string>): Promise<Machine> {
  const root = mkdtempSync(path.join(tmpdir(), 'gatehouse-machine-'));
  const [http, tls, ...instances] = await freePorts(4);
  const tree = repository();
  const inFolder = (text: string) =>
    text
      .replaceAll(/(?<![\w.])\/(etc|srv|var\/lib)\//g, `${root}/$1/`)
      .replaceAll('3001', String(instances[0]))
      .replaceAll('3002', String(instances[1]));
  const bin = path.join(root, 'bin');
  mkdirSync(bin);
  const program = (name: string, body: string) =>
    writeFileSync(path.join(bin, name), `#!/bin/sh\n${body}\n`, { mode: 0o755 });
  for (const [name, body] of Object.entries(STAND_INS)) program(name, body);
  copyFileSync(path.resolve('tests/support/deployed/systemctl.mjs'), `${bin}/systemctl.mjs`);
  program('systemctl', `exec ${process.execPath} ${bin}/systemctl.mjs "$@"`);
  for (const folder of ['etc/gatehouse', 'etc/systemd/system', 'certificate', 'var/lib', 'srv']) {
    mkdirSync(path.join(root, folder), { recursive: true });
  }
  const lines = Object.entries(env(tls ?? 0)).map(([name, value]) => `${name}=${value}`);
  writeFileSync(path.join(root, 'etc/gatehouse/environment'), `${lines.join('\n')}\n`);
  let proxy: ChildProcess | null = null;

  // Nothing of what this process was started with.
  const shell = [
    '-i',
    `HOME=${root}`,
    `PATH=${bin}:${path.dirname(process.execPath)}:${process.env['PATH']}`,
    `ROOT=${root}`,
    'GIT_CONFIG_COUNT=1',
    `GIT_CONFIG_KEY_0=url.file://${tree}.insteadOf`,
    `GIT_CONFIG_VALUE_0=${REPOSITORY}`,
    'NEXT_TELEMETRY_DISABLED=1',
    'sh',
    '-ec',
  ];
  const run = async (script: string): Promise<void> => {
    const child = spawn('env', [...shell, `umask 022\n${inFolder(script)}`], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (part: Buffer) => {
        said = (said + String(part)).slice(-6000);
      });
    }
    const [status] = await once(child, 'close');
    if (status !== 0) throw new Error(`${script}\n${said}`);
  };

  const startProxy = (): void => {
    const { key, cert } = selfSignedCertificate(NAME);
    writeFileSync(path.join(root, 'certificate/privkey.pem'), key);
    writeFileSync(path.join(root, 'certificate/fullchain.pem'), cert);
    const site = inFolder(readFileSync('deploy/nginx.conf', 'utf8'))
      .replace('listen 80;', `listen 127.0.0.1:${http};`)
      .replace('listen 443 ssl;', `listen 127.0.0.1:${tls} ssl;`)
      .replaceAll(`${root}/etc/letsencrypt/live/${NAME}`, `${root}/certificate`);
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
    const conf = path.join(root, 'nginx.conf');
    writeFileSync(
      conf,
      `daemon off;\npid ${root}/nginx.pid;\nerror_log ${root}/nginx.log;\nevents {}\nhttp {\naccess_log off;\n${temporary
        .map((name) => `${name}_temp_path ${root}/${name};`)
        .join('\n')}\n${site}\n}\n`,
    );
    const given = ['-c', conf, '-e', `${root}/nginx.log`];
    const test = spawnSync('nginx', ['-t', ...given], { encoding: 'utf8' });
    if (test.status !== 0) throw new Error(test.stderr);
    proxy = spawn('nginx', given, { stdio: 'ignore' });
  };

  const servedReleases = (): string[] =>
    readdirSync(path.join(root, 'run')).map((unit) => {
      const pid = readFileSync(path.join(root, 'run', unit), 'utf8');
      return path.basename(readlinkSync(`/proc/${pid}/cwd`));
    });

  const remove = async (): Promise<void> => {
    proxy?.kill('SIGTERM');
    try {
      await run('systemctl stop gatehouse@3001 gatehouse@3002');
    } finally {
      for (const folder of [root, tree]) rmSync(folder, { recursive: true, force: true });
    }
  };
  return { root, tls: tls ?? 0, run, startProxy, servedReleases, remove };
}

/** The tree as it stands, committed. */
function repository(): string {
  const tree = copyOfTree();
  rmSync(path.join(tree, 'node_modules'));
  const author = ['-c', 'user.name=A', '-c', 'user.email=a@example.com'];
  for (const args of [
    ['init', '-q'],
    ['add', '-A'],
    [...author, 'commit', '-qm', 'One'],
  ]) {
    const { status, stderr } = spawnSync('git', args, { cwd: tree, encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
  }
  return tree;
}

/** Ports of this machine that nobody listens on. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => new Promise((done) => server.once('listening', done))));
  const ports = servers.map((server) => Object(server.address()).port as number);
  for (const server of servers) server.close();
  return ports;
}
