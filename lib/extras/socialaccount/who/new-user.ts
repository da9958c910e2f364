import { randomBytes } from 'node:crypto';
import { normalizeUsername } from '@/lib/contrib/auth/base-user';
import { logSecurityEvent, type SecurityRequest } from '@/lib/contrib/auth/events/security-events';
import { makePassword } from '@/lib/contrib/auth/hashers';
import type { User } from '@/lib/contrib/auth/models';
import { getUserModel, insertUser, type UserModel } from '@/lib/contrib/auth/users/user-model';
import type { TransactionClient } from '@/lib/db/client';
import { foldAddress } from '@/lib/extras/account/emails/addresses';
import { isBlacklisted } from '@/lib/extras/account/new-account/username-field';
import { isUsernameTaken } from '@/lib/extras/account/username/taken';
import type { ProviderSetting } from '@/lib/extras/socialaccount/apps';
import type { Identity } from '@/lib/extras/socialaccount/providers/adapter';

/** Names that differ by a number at the end, before one by chance is taken. */
const NUMBERED = 20;

/** Whether a provider's people whom nobody knows here get an account. */
export function maySignUp(
  { signup = 'closed' }: ProviderSetting,
  { email, isEmailVerified }: Identity,
): boolean {
  if (typeof signup === 'string') return signup === 'open';
  const domain = email.slice(email.lastIndexOf('@') + 1).toLowerCase();
  return isEmailVerified && email !== '' && signup.domains.includes(domain);
}

/**
 * Make the account of somebody whom a provider vouches for: without a password, and with their address
 * only where it is verified. Null where people sign in with an address and there is none.
 * allauth: socialaccount/adapter.py new_user, populate_user, save_user
 */
export async function makeUser(
  tx: TransactionClient,
  request: SecurityRequest,
  identity: Identity,
): Promise<User | null> {
  const model = getUserModel();
  const { USERNAME_FIELD, EMAIL_FIELD } = model;
  const email = identity.isEmailVerified ? identity.email : '';
  const username = USERNAME_FIELD === EMAIL_FIELD ? email : await freeName(tx, identity);
  if (username === '') return null;
  const user = await insertUser(tx, model, {
    ...model.newRow(),
    ...namesOf(model, identity),
    [EMAIL_FIELD]: email,
    [USERNAME_FIELD]: username,
    password: await makePassword(null),
  });
  if (email !== '') {
    const data = { userId: user.id, email: foldAddress(email), verified: true, primary: true };
    await tx.emailAddress.create({ data });
  }
  const detail = { by: 'social account', provider: identity.provider };
  await logSecurityEvent({ name: 'user_created', actor: user, target: user, request, detail, tx });
  return user;
}

function namesOf(model: UserModel, identity: Identity): Record<string, string> {
  const { name, givenName, familyName } = identity;
  const [first = '', ...rest] = name.split(' ');
  const told = {
    firstName: givenName || first,
    lastName: familyName || (givenName === '' ? rest.join(' ') : ''),
  };
  const kept = Object.entries(told).filter(([field, text]) => {
    const { maxLength = 0 } = model.fields[field] ?? {};
    return field in model.columns && (maxLength === null || text.length <= maxLength);
  });
  return Object.fromEntries(kept);
}

// What the provider calls them is a wish: it is cleaned, and made another's neighbour where it is taken.
async function freeName(
  tx: TransactionClient,
  { preferredUsername, email }: Identity,
): Promise<string> {
  const wish = cleaned(preferredUsername) || cleaned(email.split('@')[0] ?? '');
  const byChance = () => `user-${randomBytes(4).toString('hex')}`;
  const numbered = Array.from({ length: NUMBERED }, (_, i) => `${wish}${i === 0 ? '' : i + 1}`);
  for (const name of wish === '' ? [byChance()] : [...numbered, byChance()]) {
    if (await isFree(tx, name)) return name;
  }
  return '';
}

function cleaned(text: string): string {
  const { USERNAME_MAX_LENGTH } = getUserModel();
  return normalizeUsername(text)
    .replace(/@.*$/s, '')
    .replace(/[^\p{L}\p{N}_.+-]/gu, '')
    .slice(0, USERNAME_MAX_LENGTH - 10)
    .toWellFormed();
}

async function isFree(tx: TransactionClient, name: string): Promise<boolean> {
  return !isBlacklisted(name) && !(await isUsernameTaken(tx, name));
}
