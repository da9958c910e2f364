import { beforeAll, describe, expect, it } from 'vitest';
import { command as clearsessions } from '@/lib/contrib/sessions/management/commands/clearsessions';
import type { CommandIo } from '@/lib/core/management/base';
import { db } from '@/lib/db/client';
import { command as seed } from '@/prisma/seed';
import { freshDatabase } from '@/tests/support/database';

beforeAll(freshDatabase);

const DAY = 86_400_000;

async function run(...args: string[]): Promise<string[]> {
  const lines: string[] = [];
  const io: CommandIo = {
    out: (line) => lines.push(line),
    err: (line) => lines.push(line),
    prompt: () => Promise.reject(new Error('There is nobody to ask.')),
    isTty: false,
  };
  await seed.run(args, io);
  return lines;
}

async function counts() {
  return {
    users: await db.user.count(),
    memberships: await db.userGroup.count(),
    groups: await db.group.count(),
    grants: await db.groupPermission.count(),
    articles: await db.article.count(),
  };
}

describe('manage seed', () => {
  it('makes people in groups that hold article permissions, and changes nothing again', async () => {
    process.env['DEMO_PASSWORD'] = 'let me in';
    await run();
    const first = await counts();
    expect(first).toMatchObject({ users: 6, memberships: 6, groups: 3, grants: 9 });
    const grace = await db.user.findUniqueOrThrow({
      where: { username: 'grace' },
      include: { groups: { include: { group: true } } },
      omit: { password: false },
    });
    expect(grace.groups.map(({ group }) => group.name)).toEqual(['Editors']);
    expect(grace.password).toMatch(/^bcrypt_sha256\$/);
    await db.userGroup.deleteMany({ where: { userId: grace.id } });
    expect(await run()).toEqual(['Added 0 people and 0 articles.']);
    expect(await counts()).toEqual({ ...first, memberships: 5 });
    delete process.env['DEMO_PASSWORD'];
  });

  it('makes many users, all with one hash, each in a group', async () => {
    const before = await counts();
    expect(await run('--users', '5000')).toContain('Added 5000 users.');
    const after = await counts();
    expect(after.users - before.users).toBe(5000);
    expect(after.memberships - before.memberships).toBe(5000);
    const hashes = await db.user.groupBy({
      by: ['password'],
      where: { username: { startsWith: 'user' } },
    });
    expect(hashes).toHaveLength(1);
    expect(await run('--users', '5100')).toContain('Added 100 users.');
  });

  it('refuses a number that is none', async () => {
    await expect(run('--users', 'many')).rejects.toMatchObject({ status: 2 });
  });
});

describe('manage clearsessions', () => {
  it('deletes what is over and what belongs to nobody, and nothing else, silently', async () => {
    const now = Date.now();
    const user = await db.user.findFirstOrThrow();
    const make = (sessionKey: string, days: number, userId: number | null) =>
      db.session.create({
        data: {
          sessionKey,
          userId,
          sessionData: '{}',
          created: new Date(now),
          lastSeen: new Date(now),
          expireDate: new Date(now + days * DAY),
          ipAddress: '',
          userAgent: '',
        },
      });
    await make('theirs', 1, user.id);
    await make('a stranger', 1, null);
    await make('over', -1, user.id);
    await make('orphan', 1, 2_000_000_000);
    const lines: string[] = [];
    const out = (line: string) => lines.push(line);
    const io = { out, err: out, prompt: () => Promise.resolve(''), isTty: false };
    expect(await clearsessions.run([], io)).toBe(0);
    expect(lines).toEqual([]);
    const left = await db.session.findMany({ orderBy: { id: 'asc' } });
    expect(left.map((row) => row.sessionKey)).toEqual(['theirs', 'a stranger']);
  });
});

describe('ids and texts that PostgreSQL refuses', () => {
  it('are errors of the database, which is why parseId and textField refuse them before', async () => {
    const isPostgres = process.env['DATABASE_URL']?.startsWith('postgres');
    const asked = [
      db.user.findFirst({ where: { username: 'a\0b' } }),
      db.user.findFirst({ where: { id: 4_294_967_297 } }),
    ];
    for (const answer of asked) {
      const found = await answer.then(
        (row) => row,
        () => 'refused',
      );
      if (isPostgres) expect(found).toBe('refused');
    }
  });
});
