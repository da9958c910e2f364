import fc from 'fast-check';

/** What no field of a form expects: any characters and bytes, too long ones, and known troublemakers. */
export const nasty = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  fc.integer({ min: 0, max: 60_000 }).map((length) => 'x'.repeat(length)),
  fc.constantFrom(
    ...[
      '',
      ' ',
      '\0',
      'a\0b',
      '%00',
      '\u202e',
      '\ufeff',
      'ﬀ',
      '½',
      '\ud800',
      '1e999',
      '-1',
      'null',
    ],
    ...['99999999999', "' OR 1=1 --", '<script>', '{{7*7}}', '../../etc/passwd', '//evil.example'],
    ...[
      '__proto__',
      'constructor',
      'a@b@c.d',
      '"q"@x.org',
      'a@localhost',
      `${'x'.repeat(310)}@x.org`,
    ],
  ),
);
