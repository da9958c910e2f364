import {
  logSecurityEvent,
  type SecurityEvent,
  type SecurityRequest,
} from '@/lib/contrib/auth/events/security-events';
import type { User } from '@/lib/contrib/auth/models';
import { type DbClient, db, type TransactionClient } from '@/lib/db/client';
import type { Identity } from '@/lib/extras/socialaccount/providers/adapter';

/** A link of somebody's account to one elsewhere, as they may see it. */
export type Link = {
  readonly id: number;
  readonly provider: string;
  /** What tells it from others at the provider: address or name there; '' where it is not known. */
  readonly label: string;
  readonly dateJoined: Date;
  readonly lastLogin: Date;
};

type Row = { id: number; userId: number; issuer: string | null };

/**
 * Whose account an identity is linked to. `issuer` is whose word that was, null for a row that another
 * application has written, which did not keep it.
 * OWASP ASVS 5.0 10.5.2
 */
export async function findLink(
  { provider, subject }: Pick<Identity, 'provider' | 'subject'>,
  client: DbClient,
): Promise<Row | null> {
  const where = { provider_uid: { provider, uid: subject } };
  const row = await client.socialAccount.findUnique({ where });
  return row && { id: row.id, userId: row.userId, issuer: claimOf(row.extraData, 'iss') };
}

/** Note a sign-in at a link, and what the provider says by now. */
export async function touchLink(
  tx: TransactionClient,
  id: number,
  identity: Identity,
  now = new Date(),
): Promise<void> {
  const data = { lastLogin: now, extraData: keptOf(identity) };
  await tx.socialAccount.update({ where: { id }, data });
}

/**
 * Link an account to an identity, which is linked to none, in the transaction of the caller, and keep it
 * in the security log. Rejects where the identity has been linked meanwhile.
 * allauth: socialaccount/models.py SocialLogin.connect
 */
export async function makeLink(
  tx: TransactionClient,
  request: SecurityRequest,
  user: User,
  identity: Identity,
): Promise<void> {
  const now = new Date();
  const { provider, subject: uid } = identity;
  await tx.socialAccount.create({
    data: {
      provider,
      uid,
      userId: user.id,
      lastLogin: now,
      dateJoined: now,
      extraData: keptOf(identity),
    },
  });
  await logLink(tx, request, user, { name: 'authn_token_created', provider, actor: user });
}

type LinkEvent = {
  readonly name: 'authn_token_created' | 'authn_token_revoked';
  readonly provider: string;
  /** Who did it: the owner, or somebody who runs the site. */
  readonly actor: SecurityEvent['actor'];
};

/** Keep in the security log that a link of somebody's was made or is gone. */
export function logLink(
  tx: TransactionClient,
  request: SecurityRequest,
  target: Pick<User, 'id' | 'username'>,
  { name, provider, actor }: LinkEvent,
): Promise<void> {
  const detail = { kind: 'social account', provider };
  return logSecurityEvent({ name, actor, target, request, detail, tx });
}

/** The links of a person, by provider, the oldest first. */
export async function linksOf(userId: number, client: DbClient = db): Promise<Link[]> {
  const rows = await client.socialAccount.findMany({
    where: { userId },
    orderBy: [{ provider: 'asc' }, { id: 'asc' }],
  });
  return rows.map(({ id, provider, extraData, dateJoined, lastLogin }) => {
    const said = ['email', 'preferred_username', 'name'].map((name) => claimOf(extraData, name));
    return { id, provider, label: said.find(Boolean) ?? '', dateJoined, lastLogin };
  });
}

/**
 * A claim of what a link keeps: of our rows and allauth's newer ones in `id_token`, of older ones beside.
 * Null where it is not there.
 */
export function claimOf(extraData: unknown, name: string): string | null {
  const whole = fieldsOf(extraData);
  const { [name]: value } = {
    ...whole,
    ...fieldsOf(whole['userinfo']),
    ...fieldsOf(whole['id_token']),
  };
  return typeof value === 'string' ? value : null;
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

// These claims and nothing else: no token, and nothing that nobody asks for.
function keptOf(identity: Identity) {
  const { issuer, subject, email, isEmailVerified, name, preferredUsername, groups } = identity;
  return {
    id_token: {
      iss: issuer,
      sub: subject,
      email,
      email_verified: isEmailVerified,
      name,
      preferred_username: preferredUsername,
      groups: groups ? [...groups] : [],
    },
  };
}
