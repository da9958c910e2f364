import { logSecurityEvent, type SecurityRequest } from '@/lib/contrib/auth/events/security-events';
import { makePassword } from '@/lib/contrib/auth/hashers';
import type { User } from '@/lib/contrib/auth/models';
import { getUserModel, insertUser, verboseName } from '@/lib/contrib/auth/users/user-model';
import { ValidationError } from '@/lib/core/exceptions';
import { type TransactionClient, transaction } from '@/lib/db/client';
import { isTaken, isUniqueViolation } from '@/lib/db/errors';
import { foldAddress, isTakenByOthers } from '@/lib/extras/account/emails/addresses';
import { isUsernameTaken } from '@/lib/extras/account/username/taken';

/** Who is to be: the name, the address, which is proven, the password, and how they came. */
export type NewAccount = {
  username: string;
  email: string;
  password: string;
  by: 'signup' | 'invitation';
};

/**
 * Make a user with a confirmed address in one transaction, which `begin` begins: it uses up what proves
 * the address, and gives null to have nothing done; `end` ends it. Null then, and when the address
 * belongs to somebody by now. Throws ValidationError at the name's field for one that is taken or
 * reserved.
 * allauth: account/internal/flows/signup.py complete_signup
 */
export async function makeAccount<T>(
  request: SecurityRequest,
  account: NewAccount,
  steps: {
    begin(tx: TransactionClient): Promise<T | null>;
    end?(tx: TransactionClient, user: User, begun: T): Promise<void>;
  },
): Promise<User | null> {
  const model = getUserModel();
  const { USERNAME_FIELD, EMAIL_FIELD, columns, table } = model;
  const encoded = await makePassword(account.password);
  const taken = new ValidationError(
    `A user with that ${verboseName(model, USERNAME_FIELD)} already exists.`,
    'unique',
    'username',
  );
  try {
    return await transaction(async (tx) => {
      const { username, email, by } = account;
      const begun = await steps.begin(tx);
      if (begun === null || (await isTakenByOthers(email, null, tx))) throw new NotMade();
      if (await isUsernameTaken(tx, username)) throw taken;
      const user = await insertUser(tx, model, {
        ...model.newRow(),
        [EMAIL_FIELD]: email,
        [USERNAME_FIELD]: username,
        password: encoded,
      });
      await tx.emailAddress.create({
        data: { userId: user.id, email: foldAddress(email), verified: true, primary: true },
      });
      const detail = { by };
      await logSecurityEvent({
        name: 'user_created',
        actor: user,
        target: user,
        request,
        detail,
        tx,
      });
      await steps.end?.(tx, user, begun);
      return user;
    });
  } catch (error) {
    if (error instanceof NotMade) return null;
    if (isTaken(error, table, columns[USERNAME_FIELD] ?? USERNAME_FIELD)) throw taken;
    if (isUniqueViolation(error)) return null;
    throw error;
  }
}

/** Undoes the transaction, what was used up in it included. */
class NotMade extends Error {}
