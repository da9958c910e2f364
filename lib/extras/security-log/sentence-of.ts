import type { Sentence } from '@/lib/contrib/admin/home/home-parts';

/** As much of an entry of the log as its sentence tells. */
export type ToldEvent = {
  readonly event: string;
  readonly actorId: number | null;
  readonly actorUsername: string;
  readonly subjectUsername: string;
  readonly targetId: number | null;
  readonly targetUsername: string;
  readonly detail: string;
};

type Detail = Readonly<Record<string, unknown>>;

/**
 * What happened, in a sentence: “admin took articles.publish_article from the group Moderators.” Names
 * lead to the people, by `hrefOf` where there is one. An event that it does not know is told by its
 * name.
 */
export function sentenceOf(
  entry: ToldEvent,
  hrefOf: (userId: number) => string | null = () => null,
): Sentence {
  const detail = detailOf(entry.detail);
  const actor = nameOf(entry.actorId, entry.actorUsername, hrefOf);
  const isOwn = entry.targetId === null || entry.targetId === entry.actorId;
  const target = isOwn ? null : nameOf(entry.targetId, entry.targetUsername, hrefOf);
  const as = entry.subjectUsername === '' ? [] : [' (as ', { name: entry.subjectUsername }, ')'];
  return [actor, ...as, ' ', ...deedOf(entry.event, detail, target), '.'];
}

type Part = Sentence[number];

function nameOf(
  id: number | null,
  username: string,
  hrefOf: (userId: number) => string | null,
): Part {
  if (username === '') return id === null ? 'Somebody' : `User ${id}`;
  const href = id === null ? null : hrefOf(id);
  return { name: username, ...(href !== null && { href }) };
}

function deedOf(event: string, detail: Detail, target: Part | null): Part[] {
  const to = (words: string): Part[] => (target ? [words, target] : []);
  switch (event) {
    case 'authn_login_success':
    case 'authn_login_successafterfail':
      return ['signed in'];
    case 'authn_login_fail':
      return ['failed to sign in', ...to(' as ')];
    case 'authn_login_fail_max':
      return ['has to wait before the next try', ...to(' at ')];
    case 'authn_password_change':
      return target ? ['set a password for ', target] : ['changed their password'];
    case 'authn_token_created':
      return [`added ${kindOf(detail)}`, ...to(' for ')];
    case 'authn_token_revoked':
      return [`took away ${kindOf(detail)}`, ...to(' of ')];
    case 'authn_token_reuse':
      return [`used ${kindOf(detail)} again that was used up`, ...to(' of ')];
    case 'authz_admin':
      return [textOf(detail['act']) || adminDeed(detail), ...to(' of ')];
    case 'excess_rate_limit_exceeded':
      return ['was asked to wait', ...to(' at ')];
    case 'privilege_permissions_changed':
      return rightsChanged(detail, target);
    case 'session_expired':
      return detail['reason'] === 'logout' ? ['signed out'] : ['ended a session', ...to(' of ')];
    case 'user_created':
      return target ? ['added the user ', target] : ['made an account'];
    case 'user_deleted':
      return target ? ['deleted the user ', target] : ['deleted their account'];
    case 'user_updated':
      return target ? ['changed the account of ', target] : ['changed their account'];
    default:
      return [event, ...to(' at ')];
  }
}

function adminDeed(detail: Detail): string {
  if (detail['impersonation'] === 'start') return 'began to act on behalf';
  if (detail['impersonation'] === 'stop') return 'stopped acting on behalf';
  if (detail['reason'] === 'waits lifted') return 'lifted waits at sign-in';
  if (typeof detail['export'] === 'string') return `exported ${detail['export']}`;
  if (typeof detail['import'] === 'string') return `imported ${detail['import']}`;
  return textOf(detail['command'])
    ? `ran ${textOf(detail['command'])}`
    : 'did something as an admin';
}

function rightsChanged(detail: Detail, target: Part | null): Part[] {
  const holder: Part[] =
    typeof detail['group'] === 'string'
      ? ['the group ', { name: detail['group'] }]
      : [target ?? 'themselves'];
  if (detail['isActive'] === true) return ['activated ', ...holder];
  if (detail['isActive'] === false) return ['deactivated ', ...holder];
  const [given, taken] = [listOf(detail['given']), listOf(detail['taken'])];
  if (given === '' && taken === '') return ['changed the rights of ', ...holder];
  const gave = given === '' ? [] : [`gave ${given} to `, ...holder];
  const took = taken === '' ? [] : [`took ${taken} from `, ...holder];
  return gave.length > 0 && took.length > 0 ? [...gave, ' and ', ...took] : [...gave, ...took];
}

const FEW = 2;

function listOf(value: unknown): string {
  const names = Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
  const rest = names.length - FEW;
  return rest > 1 ? `${names.slice(0, FEW).join(', ')} and ${rest} more` : names.join(' and ');
}

const KINDS: Readonly<Record<string, string>> = {
  totp: 'an authenticator app',
  webauthn: 'a passkey',
  recovery_codes: 'recovery codes',
  token: 'a token',
  invitation: 'an invitation',
  'service account': 'a service account',
  'social account': 'a link to a provider',
  'email address': 'an e-mail address',
  'set-password link': 'a set-password link',
};

function kindOf({ kind }: Detail): string {
  return KINDS[textOf(kind)] ?? 'a way to sign in';
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function detailOf(json: string): Detail {
  try {
    const parsed: unknown = JSON.parse(json);
    return typeof parsed === 'object' && parsed !== null ? { ...parsed } : {};
  } catch {
    return {};
  }
}
