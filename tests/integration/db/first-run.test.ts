import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { users } from '@/lib/contrib/auth/users/managers';
import type { CommandIo } from '@/lib/core/management/base';
import { db } from '@/lib/db/client';
import { firstRun } from '@/prisma/first-run';
import { freshDatabase } from '@/tests/support/database';

const PASSWORDS = { DEMO_PASSWORD: 'for the demo', DJANGO_SUPERUSER_PASSWORD: 'for the admin' };

beforeAll(() => {
  Object.assign(process.env, PASSWORDS);
  return freshDatabase();
});

afterAll(() => {
  for (const name of Object.keys(PASSWORDS)) delete process.env[name];
});

beforeEach(async () => {
  await db.article.deleteMany();
  for (const { id } of await db.user.findMany()) await (await users.getById(id))?.delete();
});

async function run(): Promise<string> {
  const lines: string[] = [];
  const io: CommandIo = {
    out: (line) => void lines.push(line),
    err: (line) => void lines.push(line),
    prompt: () => Promise.reject(new Error('There is nobody to ask.')),
    isTty: false,
  };
  await firstRun(io);
  return lines.join('\n');
}

describe('the first run', () => {
  it('makes demo people and a superuser with printed passwords, once', async () => {
    const printed = await run();
    for (const password of Object.values(PASSWORDS)) expect(printed).toContain(password);
    const admin = await users.getByNaturalKey('admin');
    expect(admin?.isSuperuser && admin.hasUsablePassword()).toBe(true);
    const count = await db.user.count();
    expect(count).toBeGreaterThan(3);
    expect(await run()).toBe('');
    expect(await db.user.count()).toBe(count);
  });

  it('is finished when it was interrupted before there was a superuser', async () => {
    await run();
    await (await users.getByNaturalKey('admin'))?.delete();
    expect(await run()).toContain('for the admin');
  });

  it('adds nobody and nothing to a database with people of its own', async () => {
    await users.createUser({ username: 'from django' });
    expect(await run()).toBe('Nobody is a superuser yet: npm run manage -- createsuperuser');
    expect(await db.user.count()).toBe(1);
    expect(await db.article.count()).toBe(0);
    await users.createUser({ username: 'root', isSuperuser: true });
    expect(await run()).toBe('');
    expect(await db.user.count()).toBe(2);
  });
});
