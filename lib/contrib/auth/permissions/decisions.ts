import { type Backend, getBackends } from '@/lib/contrib/auth/backends';
import type { RequestUser } from '@/lib/contrib/auth/users/user';
import { PermissionDenied } from '@/lib/core/exceptions';
import { getTextList, visibleText } from '@/lib/core/text';
import { loadGrants } from './held-permissions';
import { distinct, type HeldPermission, isLasting, type Source } from './sources';
import { timedWords } from './timed-grants';

/** Under this name a verdict says that the token of a request does not carry the permission. */
const TOKEN = 'token';

/** What one backend said: silence is no grant, a denial ends the questioning. */
export type BackendVerdict = {
  backend: string;
  verdict: 'granted' | 'silent' | 'denied' | 'not reached';
  sources: Source[];
};

/** The answer to "may this user do that?" with all that led to it. */
export type Decision = {
  /** '' for a stranger. */
  username: string;
  perm: string;
  /** Whether the question was about a single object. */
  isAboutObject: boolean;
  allowed: boolean;
  isAuthenticated: boolean;
  isActive: boolean;
  isSuperuser: boolean;
  /** One per configured backend, in their order. */
  verdicts: BackendVerdict[];
  /** Why it is allowed; empty when it is not. */
  sources: Source[];
};

/** A decision, and for a refusal everything that the permission could have come from. */
export type Explanation = Decision & {
  /** Empty when it is allowed. */
  places: Source[];
};

/**
 * Why a user holds the permission `app.codename`, on `obj` if one is given, or does not: `decide`,
 * and for a refusal every place that each backend in turn could have found it in. A refusal costs
 * one statement more than the decision.
 * Django: no counterpart
 * @example
 * const { allowed, places } = await explain(user, 'auth.change_group');
 */
export async function explain(
  user: RequestUser,
  perm: string,
  obj?: unknown,
): Promise<Explanation> {
  const decision = await decide(user, perm, obj);
  return explained(decision, decision.allowed ? [] : await possibleSources(perm, obj));
}

/**
 * Whether a user holds the permission `app.codename`, on `obj` if one is given, and what said so.
 * This is the only place that decides: `user.hasPerm` is its `allowed`, and `explain` the same with
 * more words. What a token does not carry is refused before anything is asked. An active superuser
 * holds everything, even what does not exist, and no backend is asked. Otherwise the backends are
 * asked in order until one grants, or raises PermissionDenied, which refuses for good. Throws only
 * what a backend throws besides.
 * Django: contrib/auth/models.py PermissionsMixin.has_perm, _user_has_perm
 */
export async function decide(user: RequestUser, perm: string, obj?: unknown): Promise<Decision> {
  const isCarried = user.attenuation?.has(perm) ?? true;
  const isOmnipotent = isCarried && user.isActive && user.isSuperuser;
  const verdicts: BackendVerdict[] = isCarried
    ? []
    : [{ backend: TOKEN, verdict: 'denied', sources: [] }];
  let isDecided = isOmnipotent || !isCarried;
  for (const backend of getBackends()) {
    const verdict = isDecided ? notReached(backend) : await ask(backend, user, perm, obj);
    verdicts.push(verdict);
    isDecided ||= verdict.verdict !== 'silent';
  }
  const granted = verdicts.find(({ verdict }) => verdict === 'granted');
  return {
    username: user.username,
    perm,
    isAboutObject: obj !== undefined && obj !== null,
    allowed: isOmnipotent || granted !== undefined,
    isAuthenticated: user.isAuthenticated,
    isActive: user.isActive,
    isSuperuser: user.isSuperuser,
    verdicts,
    sources: isOmnipotent ? [{ kind: 'superuser' }] : (granted?.sources ?? []),
  };
}

/**
 * The user's groups by name, and every permission that a backend lists and `decide` allows, with
 * its sources, ordered by app, model and codename. Costs one statement with ModelBackend, none for
 * a stranger.
 * Django: no counterpart; PermissionsMixin.get_all_permissions without its reasons
 */
export async function explainAll(user: RequestUser): Promise<{
  groups: { id: number; name: string }[];
  permissions: HeldPermission[];
}> {
  const groups = user.isAuthenticated ? (await loadGrants(user)).groups : [];
  const permissions: HeldPermission[] = [];
  for (const { perm, name } of (await listPermissions(user)).values()) {
    const { allowed, sources } = await decide(user, perm);
    if (allowed) permissions.push({ perm, name, sources });
  }
  return { groups, permissions };
}

/**
 * Every permission that the backends list for the user, on `obj` if one is given, by
 * `app.codename`, with the sources of all backends together. By a token only what it carries.
 * Django: contrib/auth/models.py _user_get_permissions
 */
export async function listPermissions(
  user: RequestUser,
  obj?: unknown,
): Promise<ReadonlyMap<string, HeldPermission>> {
  const listed = new Map<string, HeldPermission>();
  for (const backend of getBackends()) {
    for (const [perm, held] of (await backend.getAllPermissions?.(user, obj)) ?? []) {
      if (user.attenuation?.has(perm) === false) continue;
      const sources = distinct([...(listed.get(perm)?.sources ?? []), ...held.sources]);
      listed.set(perm, { perm, name: held.name, sources });
    }
  }
  return listed;
}

/**
 * An explanation in one English sentence, for who manages people, or in the second person for the
 * person concerned.
 * Django: no counterpart
 */
export function describe(explanation: Decision, person: 'second' | 'third' = 'third'): string {
  const { perm, allowed, isSuperuser, isActive, isAuthenticated, verdicts } = explanation;
  const who = isAuthenticated ? explanation.username : 'A stranger';
  const what = explanation.isAboutObject ? `${perm} on this object` : perm;
  const [holds, lacks] =
    person === 'second'
      ? [`You hold ${what}`, `You do not hold ${what}`]
      : [`${who} holds ${what}`, `${who} does not hold ${what}`];
  if (allowed && isSuperuser && isActive) return `${holds} as a superuser.`;
  if (allowed) return `${holds} ${reasons(explanation.sources)}.`;
  const denied = verdicts.find(({ verdict }) => verdict === 'denied');
  if (denied?.backend === TOKEN) return `${lacks} here: the token carries no ${perm}.`;
  if (denied) return `${lacks}: ${denied.backend} refuses it.`;
  if (!isAuthenticated) return `${lacks}: nobody is signed in.`;
  if (!isActive) return `${lacks}: the account is inactive.`;
  if (explanation.isAboutObject) return `${lacks}: no backend grants it.`;
  return `${lacks}: it is granted neither directly nor through a group.`;
}

/**
 * Everything that each configured backend, in order, could find the permission in. A statement for
 * each that reads the tables.
 * Django: no counterpart
 */
export async function possibleSources(perm: string, obj?: unknown): Promise<Source[][]> {
  const possible: Source[][] = [];
  for (const backend of getBackends()) {
    possible.push([...((await backend.possibleSources?.(perm, obj)) ?? [])]);
  }
  return possible;
}

/** A decision as an explanation: `possible` is what `possibleSources` found. */
export function explained(decision: Decision, possible: readonly Source[][]): Explanation {
  if (decision.allowed) return { ...decision, places: [] };
  return { ...decision, places: distinct([{ kind: 'superuser' }, ...possible.flat()]) };
}

/**
 * What one backend says of a permission. A PermissionDenied is its denial; throws what it throws
 * besides.
 * Django: contrib/auth/models.py _user_has_perm (the body of the loop)
 */
export async function ask(
  backend: Backend,
  user: RequestUser,
  perm: string,
  obj: unknown,
): Promise<BackendVerdict> {
  try {
    const answer = (await backend.hasPerm?.(user, perm, obj)) ?? [];
    const sources = typeof answer === 'boolean' ? sourcesOf(backend, answer) : [...answer];
    return { backend: backend.name, verdict: sources.length > 0 ? 'granted' : 'silent', sources };
  } catch (error) {
    if (!(error instanceof PermissionDenied)) throw error;
    return { backend: backend.name, verdict: 'denied', sources: [] };
  }
}

function sourcesOf({ name }: Backend, isGranted: boolean): Source[] {
  return isGranted ? [{ kind: 'backend', backend: name, reason: 'granted by its own rule' }] : [];
}

function notReached({ name }: Backend): BackendVerdict {
  return { backend: name, verdict: 'not reached', sources: [] };
}

function reasons(sources: readonly Source[]): string {
  const lasting = sources.filter(isLasting);
  const groups = lasting.flatMap((source) =>
    source.kind === 'group' ? [visibleText(source.name)] : [],
  );
  const parts = [
    ...(lasting.some(({ kind }) => kind === 'direct') ? ['directly'] : []),
    ...(groups.length > 0
      ? [`through the ${groups.length > 1 ? 'groups' : 'group'} ${getTextList(groups)}`]
      : []),
    ...sources.flatMap(timedReason),
    ...sources.flatMap((source) =>
      source.kind === 'backend' ? [`by ${source.backend} (${source.reason})`] : [],
    ),
  ];
  return getTextList(parts);
}

function timedReason(source: Source): string[] {
  if (!('timed' in source) || !source.timed) return [];
  const way =
    source.kind === 'group' ? `through the group ${visibleText(source.name)}` : 'directly';
  return [`${way} ${timedWords(source.timed)}`];
}
