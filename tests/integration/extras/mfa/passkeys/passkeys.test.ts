import { afterEach, beforeAll, beforeEach, vi } from 'vitest';
import { db } from '@/lib/db/client';
import { freshDatabase } from '@/tests/support/database';
import { keepMail } from '@/tests/support/mfa/kept-mail';
import './login';
import './own';
import './second';
import './admin';

// The parts share a database, since each file loads every page.
beforeAll(freshDatabase);
beforeAll(keepMail);
beforeEach(() => db.throttle.deleteMany());
afterEach(() => {
  vi.useRealTimers();
});
