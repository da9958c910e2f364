import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { readSource, repositoryRoot, sourceFiles } from '@/tests/support/sources';

// Memberships, permissions, the flags of an account, accounts and rows of any model.
const WRITES = [
  /(?:INSERT INTO|DELETE FROM) \$\{table\} (?:\(\$\{(?:user|owner)\}|WHERE (?:group_id|\$\{user\}|\(\$\{owner\}))/,
  /\b(?:userGroup|userPermission|groupPermission|group)\.(?:create|update|delete|upsert)/,
  /\bupdateSqlRows\([^;]*\bis(?:Active|Staff|Superuser)\b/,
  /(?<!#)\b(?:writeRow|removeRows)\((?:tx|\n)|\binsertUser\(/,
];

const REVIEWED = 'who gains and who loses what is read first';
const OWN_PAGE = 'a page of its own says first what ends, or what they get';
const ONESELF = 'whose account it is does it';
const NEW_ACCOUNT = 'nobody had the account before';
const ELSEWHERE = 'whoever invited has decided it, or the provider';
const PART = 'only what stands here calls it';

/** Every file that writes what people may do, and why nobody is surprised by it. */
const WRITERS: Record<string, string> = {
  'lib/contrib/admin/deletion/deletion.ts': REVIEWED,
  'lib/contrib/admin/form/write/write-change.ts': REVIEWED,
  'lib/contrib/admin/form/write/write-row.ts': PART,
  'lib/contrib/admin/inlines/write-lines.ts': REVIEWED,
  'lib/contrib/auth/admin/add-user.ts': NEW_ACCOUNT,
  'lib/contrib/auth/admin/people/offboard.ts': OWN_PAGE,
  'lib/contrib/auth/admin/rights/memberships.ts': REVIEWED,
  'lib/contrib/auth/admin/rights/set-active.ts': REVIEWED,
  'lib/contrib/auth/management/create-superuser.ts': NEW_ACCOUNT,
  'lib/contrib/auth/users/managers.ts': NEW_ACCOUNT,
  'lib/contrib/auth/users/user-model.ts': PART,
  'lib/extras/access-requests/write-grant.ts': OWN_PAGE,
  'lib/extras/account/deletion/own-deletion.ts': ONESELF,
  'lib/extras/account/deletion/undo-deletion.ts': ONESELF,
  'lib/extras/account/invitations/giving-groups.ts': ELSEWHERE,
  'lib/extras/account/new-account/make-account.ts': NEW_ACCOUNT,
  'lib/extras/matrix/matrix-write.ts': REVIEWED,
  'lib/extras/socialaccount/who/groups.ts': ELSEWHERE,
  'lib/extras/socialaccount/who/new-user.ts': NEW_ACCOUNT,
  'lib/extras/tokens/service-accounts/create-service-account.ts': NEW_ACCOUNT,
};

it('what people may do is written by these files alone, and each says why nobody is surprised', () => {
  const found = sourceFiles('lib').filter((file) => {
    const text = readSource(file).replaceAll(/\/\*\*[\s\S]*?\*\//g, '');
    return WRITES.some((pattern) => pattern.test(text));
  });
  const there = Object.keys(WRITERS).filter((file) => existsSync(path.join(repositoryRoot, file)));
  expect(found).toEqual(there.toSorted());
  expect(there.length).toBeGreaterThan(10);
});
