import { beforeAll, describe, expect, it } from 'vitest';
import { IncorrectLookup } from '@/lib/contrib/admin/lookups/incorrect-lookup';
import { defineAdmin } from '@/lib/contrib/admin/options';
import type { User } from '@/lib/contrib/auth/models';
import { users } from '@/lib/contrib/auth/users/managers';
import { SuspiciousOperation } from '@/lib/core/exceptions';
import { db } from '@/lib/db/client';
import { exportCsv, exportedFields } from '@/lib/extras/export/export';
import { makeSuperuser, screens } from '@/tests/support/admin/staff';
import { freshDatabase } from '@/tests/support/database';
import { statementsOf } from '@/tests/support/statements';

let root: User;

beforeAll(freshDatabase);
beforeAll(async () => {
  root = await makeSuperuser();
});

async function csv(query: string, admin = screens('auth.user')): Promise<string> {
  let text = '';
  for await (const part of await exportCsv(admin, root, new URLSearchParams(query))) text += part;
  return text;
}

describe('the export of a list', () => {
  it('has what the query leaves, with names of fields, and never a password', async () => {
    const joined = new Date('2001-02-03T04:05:06Z');
    const ada = await users.createUser({
      username: 'ada',
      lastName: 'Lovelace, "Countess"',
      email: 'ada@x.org',
    });
    await db.user.updateMany({ where: { id: ada.id }, data: { dateJoined: joined } });
    const text = await csv('q=lovelace&o=-1&p=7');
    expect(text).toBe(
      `\ufeff"id","username","first_name","last_name","email","is_active","is_staff","is_superuser","last_login","date_joined"\r\n` +
        `"${ada.id}","ada","","Lovelace, ""Countess""","ada@x.org","true","false","false","","2001-02-03T04:05:06.000Z"\r\n`,
    );
    const { password } = await db.user.findFirstOrThrow({ omit: { password: false } });
    expect(await csv('')).not.toContain(password);
    const sessions = {
      fieldsets: [{ title: null, fields: ['sessionKey', 'sessionData'] }],
    } as const;
    const named = exportedFields(defineAdmin('sessions.session', sessions));
    expect(named.map(({ name }) => name)).toEqual(['id']);
  });

  it('shows formulas as text', async () => {
    await users.createUser({ username: 'formula', firstName: '=HYPERLINK("http://x")' });
    expect(await csv('q=formula')).toContain(`"'=HYPERLINK(""http://x"")"`);
  });

  it('refuses what the list refuses, and does not fall back to everything', async () => {
    await expect(csv('password__startswith=p')).rejects.toThrow(SuspiciousOperation);
    for (const query of ['bogus=1', 'q=%00']) {
      await expect(csv(query)).rejects.toThrow(IncorrectLookup);
    }
  });

  it('is read in batches, as it is taken', async () => {
    await db.user.createMany({
      data: Array.from({ length: 1100 }, (_, i) => ({
        ...{ username: `row${i}`, password: '!', firstName: '', lastName: '', email: '' },
        ...{ isActive: true, isStaff: false, isSuperuser: false, dateJoined: new Date() },
      })),
    });
    const rows = await exportCsv(screens('auth.user'), root, new URLSearchParams('q=row'));
    const first = await statementsOf(async () => {
      await rows.next();
      await rows.next();
    });
    expect(first.filter((sql) => /^\s*SELECT/.test(sql))).toHaveLength(2);
    await rows.return(undefined);
    const text = await csv('q=row');
    expect(text.trimEnd().split('\r\n')).toHaveLength(1101);
    expect(new Set(text.match(/"row\d+"/g)).size).toBe(1100);
  });
});
