import { settings } from '@/lib/conf/settings';
import { type CheckMessage, checkError, checkWarning } from '@/lib/core/checks/registry';

const SECONDS = [
  'ACCOUNT_LOGIN_BY_CODE_TIMEOUT',
  'ACCOUNT_EMAIL_CONFIRMATION_EXPIRE',
  'INVITATIONS_INVITATION_EXPIRY',
] as const;

/** The longest that ASVS 6.5.5 lets a mailed code be good for. */
const LONGEST_CODE = 600;

/**
 * Settings of accounts that cannot work: times that are none, a way of verification that does not exist,
 * domains that no address has; and a mailed code that is good for longer than it should be.
 */
export function checkAccounts(): CheckMessage[] {
  return [...checkNumbers(), ...checkWords()];
}

function checkNumbers(): CheckMessage[] {
  const found = SECONDS.filter((name) => !isAtLeast(settings[name], 1)).map((name) =>
    checkError(
      'account.E001',
      `${name} must be a number of seconds.`,
      'Give a whole one, at least 1.',
    ),
  );
  if (!isAtLeast(settings.ACCOUNT_DELETION_GRACE, 0)) {
    const message = 'ACCOUNT_DELETION_GRACE must be a number of seconds.';
    found.push(checkError('account.E001', message, 'Give a whole one, 0 for none.'));
  }
  const tries = settings.ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS;
  if (!isAtLeast(tries, 1) || tries > 10) {
    const message = 'ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS must be a number from 1 to 10.';
    found.push(checkError('account.E002', message, 'Set it to 3, its default.'));
  }
  if (settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT > LONGEST_CODE) {
    const message = 'ACCOUNT_LOGIN_BY_CODE_TIMEOUT is longer than ten minutes.';
    found.push(checkWarning('account.W005', message, 'Set it to 600 or less.'));
  }
  return found;
}

function checkWords(): CheckMessage[] {
  const found: CheckMessage[] = [];
  if (!['none', 'optional', 'mandatory'].includes(settings.ACCOUNT_EMAIL_VERIFICATION)) {
    const message = 'ACCOUNT_EMAIL_VERIFICATION is none of none, optional and mandatory.';
    found.push(checkError('account.E003', message, 'Set it to one of the three.'));
  }
  const wrong = settings.ACCOUNT_SIGNUP_DOMAINS.filter((domain) => !/^[^\s@A-Z]+$/.test(domain));
  if (wrong.length > 0) {
    const message = `ACCOUNT_SIGNUP_DOMAINS lists what no address ends in: ${wrong.join(', ')}.`;
    found.push(checkError('account.E004', message, 'Give domains in lower case, without the @.'));
  }
  return found;
}

function isAtLeast(value: number, least: number): boolean {
  return Number.isSafeInteger(value) && value >= least;
}
