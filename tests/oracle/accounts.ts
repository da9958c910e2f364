import fc from 'fast-check';
import { passwords } from './texts';

const NAMES = [
  'testclient',
  'Mary-Ann',
  "O'Connor",
  'joe',
  'Zoë',
  'Ελένη',
  'Ὀδυσσεύς',
  'a',
  '',
  'ß',
];
const COMMON = ['password', 'Password1', 'letmein', 'trustno1', 'dragon', '12345678', 'qwertyuiop'];
const DIGITS = ['0', '9', '٣', '²', '①', '½', 'Ⅷ', '〇', '１', '߉', '𝟘', '𐩀'];

const name = fc.oneof(fc.constantFrom(...NAMES), fc.stringMatching(/^[a-e]{1,5}$/));

const person = fc.record({
  username: name,
  firstName: name,
  lastName: name,
  email: fc.tuple(name, name).map(([local, domain]) => `${local}@${domain}.example`),
});

/** A password made of what a person might take: own names, common ones, digits, with changes. */
export const judgedPasswords = person.chain((user) => {
  const own = fc.constantFrom(...Object.values(user), ...user.email.split(/[@.]/));
  const piece = fc.oneof(
    { weight: 4, arbitrary: own },
    { weight: 2, arbitrary: fc.constantFrom(...COMMON) },
    { weight: 2, arbitrary: fc.array(fc.constantFrom(...DIGITS), { maxLength: 9 }).map(joined) },
    { weight: 1, arbitrary: passwords },
  );
  const changed = fc
    .tuple(fc.array(piece, { minLength: 1, maxLength: 3 }).map(joined), fc.constantFrom(0, 1, 2, 3))
    .map(([text, change]) => changedAs(text, change));
  const subject = fc.oneof({ weight: 5, arbitrary: fc.constant(user) }, fc.constant(null));
  return fc.record({ password: changed, user: subject });
});

function changedAs(text: string, change: number): string {
  if (change === 1) return text.toUpperCase();
  if (change === 2) return [...text].reverse().join('');
  return change === 3 ? ` ${text}` : text;
}

function joined(parts: readonly string[]): string {
  return parts.join('');
}

/** Microseconds and zones matter: the database keeps more of a time than JavaScript does. */
const moment = fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2035, 0, 1) });

/** Accounts whose reset links are made, and when. */
export const accounts = fc.record({
  email: fc.constantFrom('joe@example.com', 'JOE@example.com', 'é@example.com', '', 'a@b@c.com'),
  password: fc.constantFrom('', '!', 'md5$a$b', 'pbkdf2_sha256$1$seasalt$x', '$2b$04$zzz'),
  lastLogin: fc.option(moment.map((time) => new Date(time))),
  now: moment.map((time) => Math.floor(time / 1000)),
});

/** What happens to an account, or its link, before the link is opened. */
export const fates = fc.record({
  /** Seconds. */
  later: fc.constantFrom(0, 1, 3600, 259_199, 259_200, 259_201, 10 ** 7, -3600),
  change: fc.constantFrom('none', 'email', 'password', 'lastLogin', 'inactive', 'username'),
  token: fc.constantFrom(
    'right',
    'none',
    'longer',
    'upper',
    'spaced',
    'cut',
    'other time',
    'three',
  ),
});

/** Addresses that resemble one another. */
export const MAILBOXES = [
  ...['mike@example.org', 'MIKE@example.org', 'mıke@example.org', 'mİke@example.org'],
  ...['x@gıthub.com', 'x@github.com', 'straße@example.org', 'strasse@example.org', 'STRASSE@b.de'],
  ...['ﬁ@example.org', 'fi@example.org', 'ﬀ@example.org', 'K@example.org', 'k@example.org', ''],
  ...['σς@example.org', 'ΣΣ@example.org', 'é@example.org', 'É@example.org', 'e\u0301@example.org'],
  ...[
    "o'hara@example.org",
    '100%@example.org',
    'a_b@example.org',
    'acb@example.org',
    'ſ@b.de',
    's@b.de',
  ],
];
