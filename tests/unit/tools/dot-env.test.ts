import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readDotEnv, withDotEnv } from '@/scripts/dot-env.mjs';
import { repositoryRoot } from '@/tests/support/sources';

/** A line of the file, and what it says to every command. */
const LINES: Record<string, [line: string, value: string]> = {
  PLAIN: ['PLAIN=abc$def', 'abc$def'],
  SINGLE: [
    "SINGLE='django-insecure-9k$wq3xv@y!b7r_$zt5m2(n*'",
    'django-insecure-9k$wq3xv@y!b7r_$zt5m2(n*',
  ],
  DOUBLE: ['DOUBLE="a$PLAIN b"', 'a$PLAIN b'],
  BACKTICK: ['BACKTICK=`it\'s "$5"`', 'it\'s "$5"'],
  BRACES: [`BRACES=abc$${'{PLAIN}'}ghi`, `abc$${'{PLAIN}'}ghi`],
  FALLBACK: [`FALLBACK=$${'{NOWHERE:-other}'}`, `$${'{NOWHERE:-other}'}`],
  ESCAPED: ['ESCAPED=abc\\$def\\', 'abc\\$def\\'],
  LONELY: ['LONELY=$', '$'],
  URL: ['URL=smtp://mailer:S3cr$tPw@mail.example:587', 'smtp://mailer:S3cr$tPw@mail.example:587'],
  HASH: ['HASH="a#b $c"', 'a#b $c'],
  COMMENT: ['COMMENT=a$b # and why', 'a$b'],
  EXPORTED: ['export EXPORTED=$a', '$a'],
  EMPTY: ['EMPTY=', ''],
  LINES: ['LINES="one $1\ntwo"', 'one $1\ntwo'],
  EQUALS: ['EQUALS=a=b$c=', 'a=b$c='],
  LETTERS: ['LETTERS=pä$ß', 'pä$ß'],
};

const file = Object.values(LINES)
  .map(([line]) => line)
  .join('\n');
const values = Object.fromEntries(Object.entries(LINES).map(([name, [, value]]) => [name, value]));

const WRITINGS: [what: string, bytes: string][] = [
  ['as it is', `${file}\n`],
  ['without its last line end', file],
  ['with the line ends of Windows', file.replaceAll('\n', '\r\n')],
  ['with the mark of Notepad', `\uFEFF${file}`],
];

/** What a process of its own finds in its environment once it has read the file. */
const READERS: Record<string, string> = {
  'a command of ours': `
    const { loadDotEnv } = await import('./scripts/dot-env.mjs');
    loadDotEnv();`,
  'the development server': asNext('phase-development-server'),
  'the build': asNext('phase-production-build'),
  'the server': asNext('phase-production-server'),
  'the server behind npm start': `
    const { loadDotEnv } = await import('./scripts/dot-env.mjs');
    loadDotEnv();${asNext('phase-production-server')}`,
};

function asNext(phase: string): string {
  return `
    const { createRequire } = await import('node:module');
    const loadConfig = createRequire(process.cwd() + '/')('next/dist/server/config').default;
    await loadConfig('${phase}', process.cwd());`;
}

let folder: string;

// What reads the file, in a folder of its own: a link would lead back to the repository's own.
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'gatehouse-env-'));
  const copied = ['next.config.mjs', 'package.json', 'tsconfig.build.json', 'tsconfig.json'];
  for (const name of copied) copyFileSync(path.join(repositoryRoot, name), path.join(folder, name));
  for (const name of ['lib', 'node_modules', 'scripts']) {
    symlinkSync(path.join(repositoryRoot, name), path.join(folder, name));
  }
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, text: string | Buffer): void {
  writeFileSync(path.join(folder, name), text);
}

function environmentOf(reader: string, outside: Record<string, string> = {}): unknown {
  const script = `${reader}
    process.stdout.write('\\0' + JSON.stringify(process.env));`;
  const { __NEXT_PROCESSED_ENV: _, ...clean } = process.env;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...clean, ...outside },
  });
  const [, found = ''] = stdout.split('\0');
  if (found === '') throw new Error(stderr);
  return JSON.parse(found);
}

describe.each(Object.entries(READERS))('.env, read by %s', (_who, reader) => {
  // In every odd way at once: a process for each would cost a minute.
  it('means the same bytes as to every other', () => {
    write('.env', `\uFEFF${file.replaceAll('\n', '\r\n')}`);
    expect(environmentOf(reader)).toMatchObject(values);
  });

  it('goes behind what the environment says, be it empty, and does not say the mode', () => {
    write('.env', 'OUTSIDE=file\nBLANK=file\nLOCAL=file\nONLY=$file\nNODE_ENV=development');
    write('.env.local', 'LOCAL=lo$cal\nOUTSIDE=local');
    const outside = { OUTSIDE: 're$al', BLANK: '', NODE_ENV: 'production' };
    const wanted = { ...outside, LOCAL: 'lo$cal', ONLY: '$file' };
    expect(environmentOf(reader, outside)).toMatchObject(wanted);
  });

  it('is not read beside a file that only some commands would read', () => {
    write('.env.production', 'SECRET_KEY=another');
    expect(() => environmentOf(reader)).toThrow('.env.production is not read');
  });
});

describe('readDotEnv', () => {
  it.each(WRITINGS)('reads the same values from a file %s', (_what, bytes) => {
    write('.env', bytes);
    expect(readDotEnv(folder)).toMatchObject(values);
  });

  it('is nothing where there is no file', () => {
    expect(readDotEnv(folder)).toEqual({});
    expect(withDotEnv({ A: '1' }, folder)).toMatchObject({ A: '1' });
  });

  it.each([['in UTF-16', Buffer.from('\uFEFFSECRET_KEY=abc', 'utf16le'), 'is not UTF-8']])(
    'says in one sentence what is wrong with a file %s',
    (_what, bytes, says) => {
      write('.env', bytes);
      expect(() => readDotEnv(folder)).toThrow(says);
    },
  );

  it('names no value in what it says of a folder in its place', () => {
    rmSync(path.join(folder, '.env'), { force: true });
    symlinkSync(path.join(repositoryRoot, 'lib'), path.join(folder, '.env'));
    expect(() => readDotEnv(folder)).toThrow('.env cannot be read (EISDIR).');
  });
});
