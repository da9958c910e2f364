import fc from 'fast-check';

/** Characters that are seldom met and often mistaken. */
const NASTY = [
  ...[' ', '\t', '\n', '\r', '\u000b', '\u001c', '\u001f', '\u0085', '\u00a0', '\u2028', '\u3000'],
  ...['\u0000', '\u0007', '\u007f', '\u00ad', '\u200b', '\u200e', '\u202e', '\ufeff', '\ufffe'],
  ...['\\', '/', '"', "'", '<', '%', '#', '?', ':', ';', '@', '[', ']', '{', '|', '^', '`', '~'],
  ...[
    '½',
    '²',
    '①',
    'Ⅷ',
    'ﬁ',
    'ß',
    'ς',
    'ı',
    'İ',
    'Ω',
    'ｊ',
    '／',
    '＠',
    '：',
    '．',
    '。',
    '٣',
    '߉',
  ],
  ...[
    'é',
    'e\u0301',
    '\u0301',
    '한',
    '각',
    '中',
    'ع',
    'ก็',
    '😀',
    '👩‍💻',
    '𝒜',
    '𝟘',
    '\u{e0001}',
    '_',
  ],
  ...['\ud800', '\udc00', '℀', '℅', '㏒', '﹕', 'ª', 'µ', '‿', '⁀', '\u0345', '𐒠', '〆', '〇', 'ⅰ'],
];

const nasty = fc.constantFrom(...NASTY);
// Unicode grows: what this Node does not know, the Python may.
const assigned = fc
  .string({ unit: 'binary', minLength: 1, maxLength: 1 })
  .filter((character) => !/\p{Cn}|\p{Co}/u.test(character));
const anyCharacter = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...'abcXYZ019') },
  { weight: 2, arbitrary: fc.constantFrom(...'@.+-_') },
  { weight: 2, arbitrary: nasty },
  { weight: 2, arbitrary: assigned },
);

/** Pieces one after the other, without anything between. */
function sequence(piece: fc.Arbitrary<string>, maxLength: number): fc.Arbitrary<string> {
  return fc.array(piece, { maxLength }).map((pieces) => pieces.join(''));
}

/** Texts that somebody might type as a username. */
export const usernames: fc.Arbitrary<string> = fc.oneof(
  { weight: 5, arbitrary: sequence(anyCharacter, 6) },
  { weight: 3, arbitrary: sequence(assigned, 3) },
  // As long as the column, and what becomes longer when it is normalised.
  {
    weight: 1,
    arbitrary: fc
      .record({ unit: fc.constantFrom('a', 'é', '😀', '½', 'ﬁ', '𝒜'), length: fc.nat(155) })
      .map(({ unit, length }) => unit.repeat(length)),
  },
);

const domainPiece = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom('example', 'EXAMPLE', 'co', 'uk', 'com', 'C', '127', 'x'),
  },
  {
    weight: 4,
    arbitrary: fc.constantFrom('.', '-', '..', '_', '@', 'localhost', 'bücher', 'gıthub'),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('[127.0.0.1]', '[::1]', '[]', '[999.1.1.1]', '[IPv6:::1]'),
  },
  { weight: 1, arbitrary: nasty },
);

/** Texts that somebody might type as an email address. */
export const emails: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(sequence(anyCharacter, 4), sequence(domainPiece, 4))
      .map(([local, domain]) => `${local}@${domain}`),
  },
  { weight: 3, arbitrary: sequence(domainPiece, 4).map((domain) => `joe@${domain}.com`) },
  { weight: 2, arbitrary: sequence(anyCharacter, 4).map((local) => `${local}@example.com`) },
  { weight: 1, arbitrary: sequence(anyCharacter, 5) },
);

const urlPiece = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('/', '//', '///', '\\', '/\\', ':', '@', '?', '#', '.') },
  {
    weight: 4,
    arbitrary: fc.constantFrom('testserver', 'evil.com', 'TESTSERVER', 'other:8000', ':8000', 'a'),
  },
  {
    weight: 4,
    arbitrary: fc.constantFrom('http:', 'https:', 'HTTP://', 'https://', 'javascript:', 'ftp://'),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('user:pass@', '[::1]', '[', ']', '%2f', '%5c', '1x:', '+'),
  },
  { weight: 2, arbitrary: nasty },
);

/** Where somebody might want to be sent, and where they may be. */
export const redirects = fc.record({
  url: fc.oneof(
    { weight: 8, arbitrary: sequence(urlPiece, 6) },
    { weight: 1, arbitrary: fc.webUrl() },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 8 }) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.constantFrom('http://', '//', 'https://'), nasty)
        .map(([start, character]) => `${start}testserver${character}/x`),
    },
  ),
  hosts: fc.constantFrom(
    ['testserver'],
    ['testserver', 'other:8000'],
    [],
    ['[::1]', 'user:pass@a'],
  ),
  https: fc.boolean(),
});

/** Texts that somebody might choose as a password. */
export const passwords: fc.Arbitrary<string> = fc
  .oneof(
    { weight: 6, arbitrary: sequence(anyCharacter, 12) },
    { weight: 1, arbitrary: fc.constantFrom('', ' ', '          ', 'lètmein', 'a'.repeat(4096)) },
    // On both sides of the 72 bytes that bcrypt reads.
    {
      weight: 2,
      arbitrary: fc
        .record({ unit: fc.constantFrom('a', 'é', '한', '😀'), length: fc.nat(80) })
        .map(({ unit, length }) => unit.repeat(length)),
    },
  )
  .filter((text) => text.isWellFormed());
