import { z } from 'zod';
import { type AuthRequest, PENDING_LOGIN_KEY } from '@/lib/contrib/auth';
import type { User } from '@/lib/contrib/auth/models';
import type { userLoggedIn } from '@/lib/contrib/auth/signals';
import { endSessions } from '@/lib/contrib/sessions/store';
import { decryptColumn, encryptColumn } from '@/lib/core/encryption/encrypt-column';
import { type DbClient, db, type TransactionClient } from '@/lib/db/client';
import type { PayloadOf } from '@/lib/dispatch';
import type { Identity } from '@/lib/extras/socialaccount/providers/adapter';

type LoggedIn = PayloadOf<typeof userLoggedIn>;

/** Names the ciphertexts of the column `id_token`; a row's key is its `subject`. */
export const ID_TOKEN_PURPOSE = 'socialaccount.id_token';

/** Where the session of somebody half signed in keeps by which sign-in they came. */
const WAITING_KEY = `${PENDING_LOGIN_KEY}_oidc`;
const WAITING_PURPOSE = 'socialaccount.waiting';

const signIn = z.object({
  user: z.number(),
  provider: z.string(),
  issuer: z.string(),
  subject: z.string(),
  sid: z.string(),
  idToken: z.string(),
});
type SignIn = z.output<typeof signIn>;

const direct = new WeakMap<AuthRequest, SignIn>();

/**
 * Let somebody in by `complete`, and have their session know by which sign-in at a provider it began, at
 * once or when their last stage is passed. Gives what `complete` does.
 */
export async function rememberSignIn(
  request: AuthRequest,
  user: User,
  { provider, issuer, subject, sid, idToken }: Identity,
  complete: () => Promise<string>,
): Promise<string> {
  const known = { user: user.id, provider, issuer, subject, sid, idToken };
  direct.set(request, known);
  const location = await complete();
  if (!request.user.isAuthenticated) {
    const sealed = encryptColumn(WAITING_PURPOSE, String(user.id), idToken);
    request.session.set(WAITING_KEY, { ...known, idToken: sealed });
  }
  return location;
}

/** Write down, in the transaction of a sign-in, by which one at a provider its session began. */
export async function noteOidcSession({ request, user, methods, tx }: LoggedIn): Promise<void> {
  const { session } = request;
  const known = direct.get(request) ?? waitingIn(request);
  // Called again after a conflict, it would not find it in the session any more.
  if (known) direct.set(request, known);
  if (session.has(WAITING_KEY)) session.delete(WAITING_KEY);
  const isByIt = methods.some(({ method }) => method === 'oidc' || method === 'oidc_mfa');
  if (!known || known.user !== user.id || !isByIt || session.id === null) return;
  const { provider, issuer, subject, sid, idToken } = known;
  const row = { provider, issuer, subject, sid, idToken: seal(subject, idToken) };
  await tx.oidcSession.deleteMany({ where: { sessionId: session.id } });
  await tx.oidcSession.create({ data: { sessionId: session.id, ...row } });
}

function waitingIn({ session }: AuthRequest): SignIn | null {
  const kept = signIn.safeParse(session.get(WAITING_KEY)).data;
  if (!kept) return null;
  const opened = decryptColumn(WAITING_PURPOSE, String(kept.user), kept.idToken);
  return { ...kept, idToken: opened?.text ?? '' };
}

/** Let what is known of a session go on with it, under another key. */
export async function moveOidcSession(
  tx: TransactionClient,
  { from, to }: { from: number; to: number },
): Promise<void> {
  await tx.oidcSession.updateMany({ where: { sessionId: from }, data: { sessionId: to } });
}

/** At which provider a session began, with the token that names it there; null for none. */
export async function oidcSessionOf(
  sessionId: number,
  client: DbClient = db,
): Promise<{ provider: string; idToken: string } | null> {
  const row = await client.oidcSession.findUnique({ where: { sessionId } });
  if (!row) return null;
  const opened = decryptColumn(ID_TOKEN_PURPOSE, row.subject, row.idToken);
  return { provider: row.provider, idToken: opened?.text ?? '' };
}

/**
 * End the sessions that began at an issuer with this session there, or without one with this person.
 * Gives whose they were.
 * OpenID Connect Back-Channel Logout 1.0, 2.7
 */
export async function endOidcSessions(
  tx: TransactionClient,
  { issuer, sid, subject }: { issuer: string; sid: string; subject: string },
): Promise<number[]> {
  const meant = {
    ...(sid !== '' && { sid }),
    ...(subject !== '' && { subject }),
  };
  const rows = await tx.oidcSession.findMany({ where: { issuer, ...meant } });
  const ids = rows.map(({ sessionId }) => sessionId);
  const where = { id: { in: ids } };
  const ended = await tx.session.findMany({ where, select: { userId: true } });
  await endSessions(tx, where);
  await tx.oidcSession.deleteMany({ where: { sessionId: { in: ids } } });
  return ended.flatMap(({ userId }) => userId ?? []);
}

/** Forget by which sign-ins sessions began that are over, whoever ended them. */
export async function forgetEndedSessions(client: DbClient): Promise<void> {
  await client.$executeRaw`
    DELETE FROM auth_oidc_session WHERE session_id NOT IN (SELECT id FROM auth_session)`;
}

function seal(subject: string, idToken: string): string {
  return idToken === '' ? '' : encryptColumn(ID_TOKEN_PURPOSE, subject, idToken);
}
