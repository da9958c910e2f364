import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { copyOfTree } from '@/tests/support/copy-of-tree';
import { DjangoSite, type SiteKind } from './django-site';

const SECRET = 'only-for-tests-0123456789abcdefghijklmnop';

export type Database = 'sqlite' | 'postgresql';

type Kind = { kind: SiteKind; autoField: string; database: Database };

let made = 0;

/** A copy of this tree beside a Django site on a database of both, in which commands may write. */
export class GrownTree {
  readonly #kind: Kind;

  private constructor(
    readonly folder: string,
    readonly url: string,
    kind: Kind,
  ) {
    this.#kind = kind;
  }

  /** `server` is a PostgreSQL that may make databases. */
  static async make(kind: Kind, server: string): Promise<GrownTree> {
    const folder = copyOfTree();
    cpSync('lib/generated', path.join(folder, 'lib/generated'), { recursive: true });
    mkdirSync(path.join(folder, 'var/django'), { recursive: true });
    // As Next.js writes it.
    writeFileSync(path.join(folder, 'next-env.d.ts'), '/// <reference types="next" />\n');
    return new GrownTree(folder, await newDatabase(kind.database, folder, server), kind);
  }

  /** The database and the folder of a site, and no tree beside it. */
  static async empty(kind: Kind, server: string): Promise<GrownTree> {
    const folder = mkdtempSync(path.join(tmpdir(), 'gatehouse-site-'));
    mkdirSync(path.join(folder, 'var/django'), { recursive: true });
    return new GrownTree(folder, await newDatabase(kind.database, folder, server), kind);
  }

  /** The site, served by the Django of this Python. */
  servedBy(python: string): DjangoSite {
    const folder = path.join(this.folder, 'var/django');
    return new DjangoSite(python, folder, { ...this.#kind, url: this.url, secret: SECRET });
  }

  /** Run `manage` there, or another program by tsx. Resolves to what it printed; throws with it. */
  tsx(...args: string[]): string {
    return this.node('node_modules/tsx/dist/cli.mjs', ...args);
  }

  node(...args: string[]): string {
    const env = { ...process.env };
    for (const name of ['VITEST', 'NODE_ENV', 'TEST_DATABASE', 'FORCE_COLOR']) {
      Reflect.deleteProperty(env, name);
    }
    const own = { DATABASE_URL: this.url, SECRET_KEY: SECRET, ALLOWED_HOSTS: 'localhost' };
    const { status, stdout, stderr } = spawnSync(process.execPath, args, {
      cwd: this.folder,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
      env: { ...env, ...own, NO_COLOR: '1' },
    });
    if (status !== 0) throw new Error(`${args.join(' ')} failed:\n${stdout}${stderr}`);
    return stdout;
  }

  /** What a program of tests/support prints as its last line, in JSON. */
  probe<Answer>(program: string, ...args: string[]): Answer {
    const said = this.tsx(`tests/support/django-site/${program}`, ...args);
    return JSON.parse(said.trim().split('\n').at(-1) ?? '') as Answer;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

async function newDatabase(database: Database, folder: string, server: string): Promise<string> {
  made += 1;
  if (database === 'sqlite') return `file:${path.join(folder, 'var/site.sqlite3')}`;
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  await client.query(`CREATE DATABASE site_${made}`);
  await client.end();
  return server.replace(/\/postgres$/, `/site_${made}`);
}
