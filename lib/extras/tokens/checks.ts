import { settings } from '@/lib/conf/settings';
import { users } from '@/lib/contrib/auth/users/managers';
import { type CheckMessage, checkError, checkWarning } from '@/lib/core/checks/registry';
import { db } from '@/lib/db/client';

/** Limits on tokens that are none, or that cannot be kept. */
export function checkTokens(): CheckMessage[] {
  const { TOKENS_RATE, TOKENS_MAX_AGE, TOKENS_MAX_PER_USER, TOKENS_REMIND_BEFORE } = settings;
  const numbers = {
    'TOKENS_RATE.requests': TOKENS_RATE.requests,
    'TOKENS_RATE.per': TOKENS_RATE.per,
    TOKENS_MAX_PER_USER,
    TOKENS_REMIND_BEFORE,
    ...(TOKENS_MAX_AGE !== null && { TOKENS_MAX_AGE }),
  };
  return Object.entries(numbers)
    .filter(([, value]) => !Number.isSafeInteger(value) || value < 1)
    .map(([name]) =>
      checkError('tokens.E001', `${name} is no number of things.`, 'Give a whole number above 0.'),
    );
}

/** What of tokens is looser than it need be where others reach the server. */
export function checkTokensAreBounded(): CheckMessage[] {
  return [
    ...(settings.TOKENS_MAX_AGE === null
      ? [checkWarning('tokens.W001', 'Tokens may live for ever.', 'Set TOKENS_MAX_AGE to seconds.')]
      : []),
    ...(settings.TOKENS_ALLOW_FULL
      ? [
          checkWarning(
            'tokens.W002',
            'Tokens may carry all that their owners hold, now and later.',
            'Set TOKENS_ALLOW_FULL to false, and name what each token may do.',
          ),
        ]
      : []),
  ];
}

/** Service accounts that somebody gave a password: people can sign in to them. */
export async function checkServiceAccounts(): Promise<CheckMessage[]> {
  const rows = await db.serviceAccount.findMany({ select: { userId: true }, take: 1000 });
  const found: CheckMessage[] = [];
  for (const { userId } of rows) {
    const user = await users.getById(userId);
    if (!user?.hasUsablePassword()) continue;
    const message = `The service account ${user.getUsername()} has a password: people can sign in to it.`;
    found.push(checkWarning('tokens.W003', message, 'Take its password away in the admin.'));
  }
  return found;
}
