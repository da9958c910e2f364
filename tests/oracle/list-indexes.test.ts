import { afterEach, beforeEach, expect, it } from 'vitest';
import { getChangeList } from '@/lib/contrib/admin/list/change-list';
import { command } from '@/lib/core/management/commands/migrate';
import { checkDatabase } from '@/lib/db/checks';
import { differencesFromDjango } from '@/lib/db/migrations/adoption';
import { makeSuperuser, screens } from '@/tests/support/admin/staff';
import { emptyDatabase, testDatabase } from '@/tests/support/database';
import { run } from '@/tests/support/run-command';
import { Django } from './django';
import { count, describeWithDjango } from './oracle';

describeWithDjango('the indexes of the list of users', () => {
  let django: Django;
  let tearDown: () => Promise<void>;

  beforeEach(async () => {
    tearDown = await emptyDatabase();
    django = new Django();
    await django.ask('migrate');
    await django.ask('create_users', { usernames: ['early_bird'] });
    await run(command, []);
  });

  afterEach(async () => {
    await django?.stop();
    await tearDown?.();
  });

  async function found(search: string): Promise<string[]> {
    const params = new URLSearchParams({ q: search });
    const { rows } = await getChangeList(screens('auth.user'), await makeSuperuser(), params);
    count(1);
    return rows.map(({ str }) => str);
  }

  it('follow what Django writes, one by one and many at once', async () => {
    expect(await found('bird')).toEqual(['early_bird']);
    await django.ask('create_users', { usernames: ['late_bird', 'late_worm'] });
    expect(await found('bird')).toEqual(['early_bird', 'late_bird']);
    await django.ask('change_user', { username: 'late_worm', changes: { first_name: 'Birdie' } });
    expect(await found('bird')).toEqual(['early_bird', 'late_bird', 'late_worm']);
    await django.ask('rename_users', { prefix: 'late', last_name: 'Sleeper' });
    expect(await found('sleep')).toEqual(['late_bird', 'late_worm']);
    await django.ask('delete_users', { prefix: 'late' });
    expect(await found('sleep')).toEqual([]);
    expect(await found('bird')).toEqual(['early_bird']);
  });

  it('neither hinder Django altering the table nor mislead a search afterwards', async () => {
    expect(await django.ask('pending_migrations')).toBe('');
    await django.ask('remake_users');
    await django.ask('create_users', { usernames: ['late_bird'] });
    expect(await found('bird')).toEqual(['early_bird', 'late_bird']);
    const findings = (await checkDatabase()).map(({ id }) => id);
    expect(findings).toEqual(testDatabase === 'sqlite' ? ['db.W001'] : []);
    const { out } = await run(command, []);
    expect(out.includes('Made auth_user_search_insert again.')).toBe(testDatabase === 'sqlite');
    expect(await checkDatabase()).toEqual([]);
    expect(await found('bird')).toEqual(['early_bird', 'late_bird']);
    const differences = await differencesFromDjango();
    expect(differences.filter((difference) => !/would make it$/.test(difference))).toEqual([]);
  });
});
