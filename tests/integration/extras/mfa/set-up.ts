import { afterEach, beforeAll, beforeEach, vi } from 'vitest';
import { registerHasher } from '@/lib/contrib/auth/hashers';
import { db } from '@/lib/db/client';
import { countingHasher } from '@/tests/support/auth/counting-hasher';
import { freshDatabase } from '@/tests/support/database';

// The middle of a step of codes, so that no test crosses its border.
const NOW = new Date(Math.floor(Date.now() / 30_000) * 30_000 + 15_000);

/**
 * A database for the parts of a test file, which share it, since each file loads every page; a clock
 * that stands still, and no try counted, for each test.
 */
export function setUp(): void {
  beforeAll(() => registerHasher(countingHasher()));
  beforeAll(freshDatabase);
  beforeEach(() => {
    vi.useFakeTimers({ now: NOW, toFake: ['Date'] });
    return db.throttle.deleteMany();
  });
  afterEach(() => {
    vi.useRealTimers();
  });
}

/** Let so many seconds pass. */
export function later(seconds: number): void {
  vi.setSystemTime(Date.now() + seconds * 1000);
}
