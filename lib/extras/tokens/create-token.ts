import type { PermissionName } from '@/lib/apps/installed';
import { settings } from '@/lib/conf/settings';
import { logSecurityEvent, type SecurityRequest } from '@/lib/contrib/auth/events/security-events';
import type { User } from '@/lib/contrib/auth/models';
import { loadCatalogue } from '@/lib/contrib/auth/permissions/permission-catalogue';
import { lockAccounts } from '@/lib/contrib/auth/users/accounts';
import { ValidationError } from '@/lib/core/exceptions';
import { type TransactionClient, transaction } from '@/lib/db/client';
import { alive } from './models';
import { hashOf, makeTokenText, startOf } from './token-text';

/** What somebody wants of a token; `isFull` carries all that its owner holds, now and later. */
export type TokenDraft = {
  name: string;
  /** Null for no end. */
  expires: Date | null;
  /** As `app.codename`. */
  permissions: readonly string[];
  /** As `parseNetworks` gives them; '' for everywhere. */
  networks: string;
  isFull: boolean;
};

/** Who makes it, and by what request; a command has neither. */
type Maker = { actor?: User; request?: SecurityRequest; command?: string };

/**
 * Make a token of somebody's and note it, in one transaction. Returns its text, which is kept nowhere
 * and cannot be had again. Throws ValidationError, at the field of the form that is meant, for a
 * permission that the owner does not hold or that there is not, an end that is past or too far away, an unlimited token
 * where none are allowed, one too many, and an owner who is inactive.
 */
export async function createToken(owner: User, draft: TokenDraft, by: Maker): Promise<string> {
  refuseDraft(draft);
  await refuseNotHeld(owner, draft);
  const text = makeTokenText();
  await transaction(async (tx) => {
    await refuseFurther(tx, owner);
    const { name, networks, expires, isFull } = draft;
    const row = { name, networks, expires, isFull, start: startOf(text), tokenHash: hashOf(text) };
    const token = await tx.token.create({
      data: { ...row, userId: owner.id, created: new Date(), lastUsedIp: '' },
      select: { id: true },
    });
    await tx.tokenPermission.createMany({
      data: await permissionRows(tx, token.id, draft.permissions),
    });
    await logCreated(tx, owner, { ...draft, start: row.start }, by);
  });
  return text;
}

function refuseDraft({ expires, permissions, isFull }: TokenDraft): void {
  const age = settings.TOKENS_MAX_AGE;
  if (expires === null && age !== null) {
    throw new ValidationError('Choose a day on which it ends.', 'required', 'expires');
  }
  const seconds = expires === null ? 0 : (expires.getTime() - Date.now()) / 1000;
  if (expires !== null && seconds <= 0) {
    throw new ValidationError('That day is over. Choose a later one.', 'past', 'expires');
  }
  if (age !== null && seconds > age) {
    const days = Math.floor(age / 86_400);
    throw new ValidationError(`A token lives ${days} days at most.`, 'too_long', 'expires');
  }
  if (isFull && !settings.TOKENS_ALLOW_FULL) {
    throw new ValidationError('Choose what the token may do.', 'not_allowed', 'permissions');
  }
  if (!isFull && permissions.length === 0) {
    throw new ValidationError('Choose at least one permission.', 'required', 'permissions');
  }
}

async function refuseNotHeld(owner: User, { permissions }: TokenDraft): Promise<void> {
  for (const perm of permissions) {
    if (await owner.hasPerm(perm as PermissionName)) continue;
    const message = `${owner.getUsername()} does not hold ${perm}.`;
    throw new ValidationError(message, 'not_held', 'permissions');
  }
}

async function refuseFurther(tx: TransactionClient, { id }: User): Promise<void> {
  const account = (await lockAccounts(tx, [id])).get(id);
  if (!account?.isActive) throw new ValidationError('The account is not active.', 'inactive');
  const count = await tx.token.count({ where: { userId: id, ...alive() } });
  if (count < settings.TOKENS_MAX_PER_USER) return;
  const message = `Nobody has more than ${settings.TOKENS_MAX_PER_USER} tokens. End one that is not needed.`;
  throw new ValidationError(message, 'too_many');
}

async function permissionRows(
  tx: TransactionClient,
  tokenId: number,
  permissions: readonly string[],
) {
  if (permissions.length === 0) return [];
  const wanted = new Set(permissions);
  // Two models of one app may have one name: the token carries it of both, as its owner holds it.
  const found = (await loadCatalogue(tx)).filter(({ perm }) => wanted.has(perm));
  refuseUnknown(wanted, new Set(found.map(({ perm }) => perm)));
  return found.map(({ id }) => ({ tokenId, permissionId: id }));
}

// A superuser holds what does not exist, and a backend may grant what the database does not know.
function refuseUnknown(wanted: ReadonlySet<string>, known: ReadonlySet<string>): void {
  for (const perm of wanted) {
    if (known.has(perm)) continue;
    const message = `No token can carry ${perm}: there is no such permission.`;
    throw new ValidationError(message, 'unknown', 'permissions');
  }
}

function logCreated(
  tx: TransactionClient,
  owner: User,
  made: TokenDraft & { start: string },
  { actor, request, command }: Maker,
): Promise<void> {
  return logSecurityEvent({
    name: 'authn_token_created',
    ...(actor && { actor }),
    target: { id: owner.id, username: owner.getUsername() },
    ...(request && { request }),
    detail: {
      kind: 'token',
      start: made.start,
      permissions: [...made.permissions],
      unlimited: made.isFull,
      expires: made.expires?.toISOString() ?? 'never',
      ...(command && { command }),
    },
    tx,
  });
}
