import type { Phrase } from '@/lib/contrib/admin/list/shown/rich-cells';
import { counted, type Detail, phrases, type Sentence } from './words';

type People = { who: Phrase; whom: Phrase; isKnown: boolean; isOwn: boolean };

const NOBODY = 'a name that nobody has';

/** What happened to sign-ins, sessions and passwords; null for other events. */
export function signInSentence(event: string, people: People, detail: Detail): Sentence | null {
  const { who, whom, isKnown } = people;
  const name = isKnown ? whom : NOBODY;
  switch (event) {
    case 'authn_login_success':
      return { parts: phrases(who, ' signed in'), tone: 'good' };
    case 'authn_login_successafterfail':
      return { parts: phrases(who, ' signed in', afterFailures(detail)), tone: 'warning' };
    case 'authn_login_fail':
      return { parts: phrases('A sign-in as ', name, ' failed', because(detail)), tone: 'warning' };
    case 'authn_login_fail_max':
      return {
        parts: phrases('Signing in as ', name, ' has to wait, after ', tries(detail)),
        tone: 'danger',
      };
    case 'excess_rate_limit_exceeded':
      return { parts: phrases('A try as ', name, ' was refused', waiting(detail)), tone: 'danger' };
    case 'authn_password_change':
      return { parts: passwordParts(people, detail), tone: 'warning' };
    case 'authn_password_change_fail':
      return { parts: phrases(who, ' failed to change a password'), tone: 'warning' };
    case 'session_expired':
      return { parts: sessionParts(people, detail), tone: 'plain' };
    default:
      return null;
  }
}

function afterFailures(detail: Detail): string {
  const failures = detail.number('failures') ?? 0;
  return failures === 0 ? '' : ` after ${counted(failures, 'failed try', 'failed tries')}`;
}

function because(detail: Detail): string {
  const reason = detail.text('reason');
  return reason === '' ? '' : ` (${reason})`;
}

function tries(detail: Detail): string {
  return counted(detail.number('maxLimit') ?? 0, 'failed try', 'failed tries');
}

function waiting(detail: Detail): string {
  const seconds = detail.number('retryAfter');
  return seconds === null ? '' : `: it has to wait ${counted(seconds, 'second')}`;
}

function passwordParts({ who, whom, isOwn }: People, detail: Detail): Phrase[] {
  const proof = detail.text('proof');
  if (proof === 'command') return phrases('A command set the password of ', whom);
  if (isOwn && proof === 'fresh sign-in') return phrases(who, ' set a password, having had none');
  if (isOwn) return phrases(who, ' changed their password');
  const verb =
    detail.flag('isUsable') === false ? ' took away the password of ' : ' set the password of ';
  return phrases(who, verb, whom);
}

function sessionParts({ who, whom, isKnown, isOwn }: People, detail: Detail): Phrase[] {
  const reason = detail.text('reason');
  if (reason === 'logout') return phrases(who, ' signed out');
  const ended = counted(detail.number('sessionsEnded') ?? 1, 'session');
  if (reason === 'signed out at the provider') {
    return phrases(isKnown ? whom : who, ' signed out at the provider');
  }
  if (isOwn || !isKnown) return phrases(who, ` ended ${ended} of their own`);
  return phrases(who, ` ended ${ended} of `, whom);
}
