/** What a column is in a Prisma schema: its type, and whether a form here may write what Django reads. */
export type PrismaType = { readonly type: string; readonly isWritable: boolean };

type Rule = readonly [pattern: RegExp, type: (...parts: string[]) => string, isWritable?: boolean];

const POSTGRESQL: readonly Rule[] = [
  [/^character varying\((\d+)\)$/, (length) => `String @db.VarChar(${length})`],
  [/^character\((\d+)\)$/, (length) => `String @db.Char(${length})`],
  [/^(?:text|character varying)$/, () => 'String @db.Text'],
  [/^citext$/, () => 'String @db.Citext'],
  [/^uuid$/, () => 'String @db.Uuid'],
  [/^inet$/, () => 'String @db.Inet'],
  [/^integer$/, () => 'Int'],
  [/^bigint$/, () => 'BigInt'],
  [/^smallint$/, () => 'Int @db.SmallInt'],
  [/^boolean$/, () => 'Boolean'],
  [/^double precision$/, () => 'Float'],
  [/^real$/, () => 'Float @db.Real'],
  [/^numeric\((\d+),(\d+)\)$/, (digits, places) => `Decimal @db.Decimal(${digits}, ${places})`],
  [/^numeric$/, () => 'Decimal'],
  [/^timestamp with time zone$/, () => 'DateTime @db.Timestamptz(6)'],
  [/^timestamp without time zone$/, () => 'DateTime @db.Timestamp(6)'],
  [/^date$/, () => 'DateTime @db.Date'],
  [/^time without time zone$/, () => 'DateTime @db.Time(6)'],
  [/^jsonb$/, () => 'Json'],
  [/^bytea$/, () => 'Bytes', false],
];

// Of what SQLite has no type for, Django keeps another text than Prisma does: it is only read.
const SQLITE: readonly Rule[] = [
  [/^varchar\((\d+)\)$/, (length) => `String @db.VarChar(${length})`],
  // A UUID in 32 digits, which any other way to write it would hide from Django.
  [/^char\(32\)$/, () => 'String @db.VarChar(32)', false],
  [/^char\((\d+)\)$/, (length) => `String @db.VarChar(${length})`],
  [/^(?:text|varchar)$/, () => 'String @db.Text'],
  [/^integer(?: unsigned)?$/, () => 'Int'],
  [/^bigint(?: unsigned)?$/, () => 'BigInt'],
  [/^smallint(?: unsigned)?$/, () => 'Int @db.SmallInt'],
  [/^bool(?:ean)?$/, () => 'Boolean'],
  [/^real$/, () => 'Float'],
  [
    /^decimal(?:\((\d+), ?(\d+)\))?$/,
    (digits, places) =>
      digits && places ? `Decimal @db.Decimal(${digits}, ${places})` : 'Decimal',
    false,
  ],
  [/^datetime$/, () => 'DateTime @db.Timestamptz(6)'],
  [/^date$/, () => 'DateTime @db.Date', false],
  [/^time$/, () => 'String @db.VarChar(15)', false],
  [/^blob$/, () => 'Bytes', false],
];

/**
 * The Prisma type of a column, in PostgreSQL's dialect, by the word that the database has for it; what
 * Prisma does not know is `Unsupported`.
 * Django: core/management/commands/inspectdb.py get_field_type
 */
export function prismaType(provider: 'sqlite' | 'postgresql', word: string): PrismaType {
  for (const [pattern, type, isWritable = true] of provider === 'sqlite' ? SQLITE : POSTGRESQL) {
    const found = pattern.exec(word);
    if (found) return { type: type(...found.slice(1)), isWritable };
  }
  return { type: `Unsupported("${word.replaceAll('"', "'")}")`, isWritable: false };
}
