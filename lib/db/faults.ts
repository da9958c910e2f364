import { ServiceUnavailable } from '@/lib/core/exceptions';
import { getLogger } from '@/lib/core/logging';
import { isUniqueViolation, violatedBy } from './errors';

/**
 * What is wrong with the database rather than with what was asked of it: it is `away`, it can be
 * read and `refuses` writing, it is `busy` with others, or a `sequence` gives out ids that are taken.
 */
export type DatabaseFault = 'away' | 'refuses' | 'busy' | 'sequence';

const logger = getLogger('db');

const WORDS: Record<DatabaseFault, { heading: string; message: string; retryAfter: number }> = {
  away: {
    heading: 'The database does not answer',
    message:
      'What this site shows is kept in a database that does not answer at the moment. If you sent a form, look whether it was saved before you send it again.',
    retryAfter: 5,
  },
  refuses: {
    heading: 'Nothing can be saved at the moment',
    message: 'The database can be read and not written to at the moment. Nothing was saved.',
    retryAfter: 30,
  },
  busy: {
    heading: 'The database is busy',
    message: 'The database is busy with what others asked before you. Nothing was saved.',
    retryAfter: 5,
  },
  sequence: {
    heading: 'This could not be saved',
    message:
      'The database gave the new row a number that is taken. Nothing was saved. Whoever runs this site is told by `manage check` how to put it right.',
    retryAfter: 60,
  },
};

/** A request failed because of the database: a guard answers with 503 and these words. */
export class DatabaseUnavailable extends ServiceUnavailable {
  override name = 'DatabaseUnavailable';
  readonly heading: string;

  constructor(fault: DatabaseFault) {
    const { heading, message, retryAfter } = WORDS[fault];
    super(retryAfter, message);
    this.heading = heading;
  }
}

const AWAY =
  /^(08|28)|^(57P0[1-5]|3D000|53300|P1000|P1001|P1002|P1003|P1017|P2024|E[A-Z]+|DatabaseNotReachable|ConnectionClosed|AuthenticationFailed|DatabaseDoesNotExist|TooManyConnections)$/;
const REFUSES = /^(25006|53100|53200)$/;
const BUSY = /^(57014|55P03|P1008|P2028|P2034|SocketTimeout|TransactionWriteConflict)$/;

// SQLite's numbers; the higher bits of one say more, and nothing of what is asked here.
const SQLITE: Readonly<Record<number, DatabaseFault>> = {
  5: 'busy',
  6: 'busy',
  8: 'refuses',
  10: 'away',
  11: 'away',
  13: 'refuses',
  14: 'away',
  26: 'away',
};

// Drivers give these no code.
const AWAY_WORDS =
  /Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect|Unable to open connection to local database|is not currently accepting connections|Query read timeout|database connection is not open/;

/** Which fault of the database an error tells of; null if it is another's. */
export function databaseFault(error: unknown): DatabaseFault | null {
  if (!(error instanceof Error)) return null;
  if (isUniqueViolation(error)) return violatedBy(error)?.isPrimaryKey ? 'sequence' : null;
  const { codes, text } = told(error);
  for (const code of codes) {
    const number = /^\d{1,4}$/.test(code) ? SQLITE[Number(code) & 0xff] : undefined;
    if (number) return number;
    if (AWAY.test(code)) return 'away';
    if (REFUSES.test(code)) return 'refuses';
    if (BUSY.test(code)) return 'busy';
  }
  return AWAY_WORDS.test(text) ? 'away' : null;
}

const REPORT_INTERVAL = 60_000;
const reportedAt = new Map<string, number>();

/**
 * The 503 that answers an error of the database's, or null for another error. The fault is told in
 * one line on stderr, each kind once a minute, with its code and never with values.
 */
export function unavailable(error: unknown): ServiceUnavailable | null {
  if (error instanceof ServiceUnavailable) return error;
  const fault = databaseFault(error);
  if (!fault) return null;
  reportFault('A request was answered with 503', fault, error);
  return new DatabaseUnavailable(fault);
}

/** One line on stderr about a fault, at most once a minute for each `what` and fault. */
export function reportFault(what: string, fault: DatabaseFault, error: unknown): void {
  const key = `${what} ${fault}`;
  const now = Date.now();
  if (now - (reportedAt.get(key) ?? Number.NEGATIVE_INFINITY) < REPORT_INTERVAL) return;
  reportedAt.set(key, now);
  const { codes } = told(error);
  const [code = 'no code'] = codes.filter((each) => each !== 'P2010' && each !== 'P2039').reverse();
  logger.error(`${what}: ${WORDS[fault].heading.toLowerCase()} (${code}).`, { fault, code });
}

type Told = { codes: string[]; text: string };

/**
 * The codes and words of an error and of all that it wraps, which is not for everybody's eyes: Prisma
 * wraps the driver's error in its own, and passes on what COMMIT and the pool throw.
 */
export function told(error: unknown): Told {
  if (typeof error !== 'object' || error === null) return { codes: [], text: '' };
  const read = (name: string) => Reflect.get(error, name) as unknown;
  const codes = [read('originalCode'), read('rawCode'), read('kind'), read('code')].flatMap(
    (code) => (typeof code === 'string' || typeof code === 'number' ? [String(code)] : []),
  );
  const meta = read('meta');
  const inner = [read('cause'), meta && told(Reflect.get(Object(meta), 'driverAdapterError'))];
  const [cause, wrapped] = [told(inner[0]), (inner[1] ?? { codes: [], text: '' }) as Told];
  const text = [read('message'), read('originalMessage'), cause.text, wrapped.text];
  return {
    codes: [...wrapped.codes, ...cause.codes, ...codes],
    text: text.filter((part) => typeof part === 'string').join(' '),
  };
}
