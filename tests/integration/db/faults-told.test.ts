import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createSecureContext, TLSSocket } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { overrideSettings } from '@/lib/conf/settings';
import { checkDatabase } from '@/lib/db/checks';
import { closeDb, db } from '@/lib/db/client';
import { applyMigrations } from '@/lib/db/migrations/migrate';
import { emptyDatabase, testDatabase } from '@/tests/support/database';
import { selfSignedCertificate } from '@/tests/support/e2e/certificate';

const FLAGS = {
  isSuperuser: false,
  isStaff: false,
  isActive: true,
  firstName: '',
  lastName: '',
  email: '',
  dateJoined: new Date(),
};

/** What the check says about an address, as one line. */
async function told(DATABASE_URL: string): Promise<string> {
  await closeDb();
  try {
    const found = await overrideSettings({ DATABASE_URL }, checkDatabase);
    return found.map(({ id, message, hint }) => `${id} ${message} ${hint}`).join('\n');
  } finally {
    await closeDb();
  }
}

function own(change: (url: URL) => void): string {
  const url = new URL(process.env['DATABASE_URL'] ?? '');
  change(url);
  return url.href;
}

/** Answers PostgreSQL's first question, whether it speaks TLS, and nothing after that. */
async function listen(answer: (socket: Socket) => void) {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => answer(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, port: (server.address() as AddressInfo).port };
}

beforeAll(() => emptyDatabase());

if (testDatabase === 'postgresql') {
  describe('a PostgreSQL that does not answer', () => {
    it.each([
      ['postgres://app:a/b@c#d%e@localhost/db', /DATABASE_URL cannot be read\. Percent-encode/],
      ['postgres://app:1#w@localhost/db', /cannot be read as it is meant\. Percent-encode/],
      ['postgres://app:1?w@localhost/db', /cannot be read as it is meant\. Percent-encode/],
      ['postgres://u@127.0.0.1:1/n', /nothing listens at that address/],
      ['postgres://u@no-such-host.invalid/n', /there is no host of that name/],
      ['postgres://u:p@/n?host=/nowhere/sock', /nothing listens at that address/],
      [
        'postgres://u@127.0.0.1:1/n?sslmode=verify-full&sslrootcert=/none.pem',
        /a file that DATABASE_URL names cannot be read.*sslrootcert/,
      ],
    ])('%s', async (address, says) => {
      expect(await told(address)).toMatch(says);
    });

    it.each([
      ['no such database', (url: URL) => Object.assign(url, { pathname: '/never_made' })],
      ['it offers no TLS', (url: URL) => Object.assign(url, { search: '?sslmode=require' })],
    ])('%s', async (says, change) => {
      const said = await told(own((url) => change(url)));
      expect(said).toContain(`does not answer (${says})`);
      expect(said.split('\n')).toHaveLength(1);
    });

    it.each([
      ['wrong user or password', '28P01'],
      ['it does not let this user in from here', '28000'],
      ['it has no connection left', '53300'],
      ['it is starting or ending', '57P03'],
    ])('%s', async (says, code) => {
      const fields = `SFATAL\0VFATAL\0C${code}\0Mno\0\0`;
      const head = Buffer.alloc(5, 'E');
      head.writeInt32BE(fields.length + 4, 1);
      const { server, port } = await listen((socket) =>
        socket.end(Buffer.concat([head, Buffer.from(fields)])),
      );
      const said = await told(`postgres://u:secret@127.0.0.1:${port}/n`);
      server.close();
      expect(said).toContain(`does not answer (${says})`);
      expect(said).not.toContain('secret');
    });

    it('its certificate is not trusted', async () => {
      const { server, port } = await listen((socket) => {
        socket.write('S');
        const secureContext = createSecureContext(selfSignedCertificate('localhost'));
        new TLSSocket(socket, { isServer: true, secureContext }).on('error', () => {});
      });
      const said = await told(`postgres://u@localhost:${port}/n?sslmode=require`);
      server.close();
      expect(said).toContain('its certificate is not trusted');
      expect(said).toContain('sslrootcert=FILE');
    });

    it('by its socket and no host is one like any other', async () => {
      const said = await told(
        own((url) => {
          url.searchParams.set('host', url.hostname);
          url.searchParams.set('port', url.port);
          url.host = '';
        }).replace(/@[^/]*\//, '@/'),
      );
      expect(said).toContain('The database lacks 0001_django');
    });
  });

  describe('another schema', () => {
    beforeAll(async () => {
      await db.$executeRawUnsafe('CREATE SCHEMA tenant');
    });

    const named = (search: string) => own((url) => Object.assign(url, { search }));

    it('is said to be missing, by the check and by migrate', async () => {
      const address = named('?schema=nobody');
      expect(await told(address)).toContain('has no schema nobody');
      await overrideSettings({ DATABASE_URL: address }, async () => {
        await expect(applyMigrations()).rejects.toThrow('CREATE SCHEMA "nobody"');
      });
      await closeDb();
    });

    it.each(['?schema=tenant', '?options=-c%20search_path%3Dtenant'])(
      'holds every table, and is asked by every statement: %s',
      async (search) => {
        const address = named(search);
        await closeDb();
        await overrideSettings({ DATABASE_URL: address }, async () => {
          await applyMigrations();
          await db.user.create({
            data: { username: `in-${search.length}`, password: '', ...FLAGS },
          });
          const [raw] = await db.$queryRaw<
            { count: number }[]
          >`SELECT count(*)::int AS count FROM auth_user`;
          expect(await db.user.count()).toBe(raw?.count);
        });
        await closeDb();
        const elsewhere = await db.$queryRaw<
          object[]
        >`SELECT 1 FROM pg_tables WHERE schemaname = 'public'`;
        expect(elsewhere).toEqual([]);
        expect(await told(address)).not.toContain('db.E');
      },
    );

    it('that only the role knows of is refused before anything is made', async () => {
      const [row] = await db.$queryRaw<{ name: string }[]>`SELECT current_database()::text AS name`;
      await db.$executeRawUnsafe(`ALTER DATABASE ${row?.name} SET search_path TO tenant`);
      const said = await told(process.env['DATABASE_URL'] ?? '');
      expect(said).toContain('Add ?schema=tenant to DATABASE_URL');
      await expect(applyMigrations()).rejects.toThrow('?schema=tenant');
    });
  });
} else {
  describe('a SQLite file that cannot be used', () => {
    let folder: string;
    beforeAll(() => {
      folder = mkdtempSync(path.join(tmpdir(), 'gatehouse-faults-'));
    });
    afterAll(() => rmSync(folder, { recursive: true }));

    const file = (name: string, bytes: Buffer | string) => {
      const made = path.join(folder, name);
      writeFileSync(made, bytes);
      return `file:${made}`;
    };

    it('is none, is a folder, or is damaged: each is told', async () => {
      expect(await told(file('text', 'no database at all '.repeat(100)))).toContain(
        'the file cannot be opened as a database',
      );
      expect(await told(`file:${folder}`)).toContain('the file cannot be opened as a database');
      await overrideSettings({ DATABASE_URL: file('whole', '') }, async () => {
        await applyMigrations();
        await db.$queryRawUnsafe('PRAGMA wal_checkpoint(TRUNCATE)');
      });
      await closeDb();
      const bytes = readFileSync(path.join(folder, 'whole'));
      bytes.fill(0xff, 4096, bytes.length);
      bytes.fill(0xff, 100, 4096);
      expect(await told(file('damaged', bytes))).toMatch(/the file is damaged.*restore/);
    });
  });
}
