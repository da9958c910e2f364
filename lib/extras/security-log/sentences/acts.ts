import type { Phrase } from '@/lib/contrib/admin/list/shown/rich-cells';
import { getTextList } from '@/lib/core/text';
import { counted, type Detail, phrases, type Sentence } from './words';

type People = { who: Phrase; whom: Phrase; isKnown: boolean; isOwn: boolean };

const KINDS: Readonly<Record<string, string>> = {
  token: 'an access token',
  'set-password link': 'a link to choose a password',
  invitation: 'an invitation',
  'email address': 'an email address',
  'social account': 'a sign-in elsewhere',
  webauthn: 'a passkey',
  totp: 'an authenticator app',
  recovery_codes: 'recovery codes',
};

/** What happened to accounts, tokens and pages; null for events that are told otherwise. */
export function actSentence(event: string, people: People, detail: Detail): Sentence | null {
  const { who, whom, isOwn, isKnown } = people;
  const about = isOwn || !isKnown ? [] : [whom];
  const what = KINDS[detail.text('kind')] ?? 'a way to sign in';
  switch (event) {
    case 'authn_token_created':
      return { parts: phrases(who, ` made ${what}`, ...withWord(' for ', about)), tone: 'plain' };
    case 'authn_token_revoked':
      return { parts: phrases(who, ` ended ${what}`, ...withWord(' of ', about)), tone: 'warning' };
    case 'authn_token_reuse':
      return {
        parts: phrases(
          `Somebody used ${what} that is over or copied`,
          ...withWord(', of ', [whom]),
        ),
        tone: 'danger',
      };
    case 'authz_fail':
      return { parts: phrases(who, ' was refused ', refused(detail)), tone: 'warning' };
    case 'malicious_csrf':
      return {
        parts: phrases('A form of another site was refused, sent in the name of ', who),
        tone: 'danger',
      };
    case 'authz_admin':
      return { parts: adminParts(people, detail), tone: 'warning' };
    case 'sensitive_read':
      return {
        parts: phrases(who, ` read ${detail.text('kind') || 'what is personal'}`),
        tone: 'plain',
      };
    case 'user_created':
      return {
        parts:
          about.length > 0 && who.text !== 'Somebody'
            ? phrases(who, ' added ', whom)
            : phrases(whom, ' was added'),
        tone: 'plain',
      };
    case 'user_deleted':
      return {
        parts: phrases(who, ' deleted ', isOwn ? 'their own account' : whom),
        tone: 'danger',
      };
    case 'user_archived':
      return { parts: phrases(who, ' put away ', whom), tone: 'warning' };
    case 'user_updated':
      return {
        parts: phrases(who, ` changed ${fields(detail)} of `, isOwn ? 'their own' : whom),
        tone: 'plain',
      };
    default:
      return null;
  }
}

function withWord(word: string, about: readonly Phrase[]): (string | Phrase)[] {
  return about.length === 0 ? [] : [word, ...about];
}

function refused(detail: Detail): string {
  const perms = detail.list('perms');
  const page = detail.text('path') || 'something';
  return perms.length === 0 ? page : `${page}: ${getTextList(perms)} is missing`;
}

function fields(detail: Detail): string {
  const changed = detail.list('changed');
  return changed.length === 0 ? 'the account' : getTextList(changed.map(spaced));
}

// `firstName` as people write it.
function spaced(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function adminParts({ who, whom, isKnown }: People, detail: Detail): Phrase[] {
  const [act, reason] = [detail.text('act'), detail.text('reason')];
  const impersonation = detail.text('impersonation');
  if (impersonation === 'start') {
    return phrases(who, ' began to act as ', whom, reason === '' ? '' : `: ${reason}`);
  }
  if (impersonation !== '') return phrases(who, ' stopped acting as somebody else');
  if (reason === 'waits lifted') {
    if (isKnown) return phrases(who, ' let ', whom, ' try again at once');
    return phrases(who, ` lifted ${counted(detail.number('count') ?? 1, 'wait')}`);
  }
  if (act !== '') return phrases(who, ` ${act}`, ...(isKnown ? [' of ', whom] : []));
  const [exported, imported] = [detail.text('export'), detail.text('import')];
  if (exported !== '') return phrases(who, ` exported the list of ${exported}`);
  if (imported !== '') return phrases(who, ` imported ${imported} from a file`);
  const ended = detail.text('kind') === '' ? reason : `second factors: ${reason}`;
  return phrases(who, ` acted as an administrator`, ended === '' ? '' : `: ${ended}`);
}
