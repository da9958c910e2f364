import { told } from './faults';

/** Why the database does not answer, for whoever runs the site, and what they can do about it. */
export type Reason = { what: string; hint: string };

const CORRECT = 'Correct DATABASE_URL.';
const START = 'Start it, or correct DATABASE_URL.';

const REASONS: readonly [pattern: RegExp, what: string, hint: string][] = [
  [/28P01|P1000|AuthenticationFailed|authentication failed/i, 'wrong user or password', CORRECT],
  [
    /28000|P1010|DatabaseAccessDenied|pg_hba\.conf/,
    'it does not let this user in from here',
    'Look at its pg_hba.conf; a hosted database may want ?sslmode=require.',
  ],
  [
    /3D000|P1003|DatabaseDoesNotExist/,
    'no such database',
    'Make it (createdb), or correct DATABASE_URL.',
  ],
  [
    /does not support SSL/,
    'it offers no TLS',
    'Take sslmode out of DATABASE_URL, or switch TLS on at the database.',
  ],
  [
    /CERT_HAS_EXPIRED|certificate has expired/i,
    'its certificate has expired',
    'Give the database a new one.',
  ],
  [
    /ALTNAME|HOSTNAME_MISMATCH|does not match certificate's altnames/i,
    'its certificate is for another host name',
    'Use the name that the certificate has in DATABASE_URL.',
  ],
  [
    /SELF_SIGNED|self.signed|UNABLE_TO_(VERIFY|GET)|unable to (verify|get)|CERT_|TlsConnection|P1011/i,
    'its certificate is not trusted',
    'Name the file of the authority that signed it: ?sslmode=verify-full&sslrootcert=FILE.',
  ],
  [
    /(ENOENT|EACCES|EISDIR)\b.*\b(open|read)\b/,
    'a file that DATABASE_URL names cannot be read',
    'Correct sslrootcert, sslcert or sslkey.',
  ],
  [
    /53300|TooManyConnections|too many (clients|connections)|connection slots/i,
    'it has no connection left',
    'Lower DATABASE_POOL_SIZE or WEB_CONCURRENCY, or raise max_connections.',
  ],
  [/57P0[123]|starting up|shutting down/, 'it is starting or ending', 'Try again in a moment.'],
  // The adapter keeps no code, and of a host that is not found no port.
  [/ENOTFOUND|EAI_AGAIN|database server at [^:`\s]+`/, 'there is no host of that name', CORRECT],
  [
    /EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|timeout exceeded when trying to connect/,
    'unreachable: its host says nothing',
    'Look at networks and firewalls between here and there, or correct DATABASE_URL.',
  ],
  [
    /ECONNREFUSED|connect ENOENT|DatabaseNotReachable|P1001/,
    'unreachable: nothing listens at that address',
    START,
  ],
  [
    /42501|permission denied/,
    'this user may not read its tables',
    'Grant the user of DATABASE_URL what the owner of the tables has.',
  ],
  [/P1008|SocketTimeout|timeout/i, 'it is busy or too slow', 'Try again in a moment.'],
  [
    /SQLITE_NOTADB|file is not a database/,
    'the file cannot be opened as a database',
    'Correct DATABASE_URL, or put a backup in its place.',
  ],
  [
    /SQLITE_CORRUPT|malformed/,
    'the file is damaged',
    'Put a backup in its place: `npm run manage -- restore FILE`.',
  ],
  [/SQLITE_FULL|disk is full/, 'the disk is full', 'Make room on it.'],
  [/SQLITE_IOERR|disk I\/O error/, 'the disk cannot be read', 'Look at the disk and its mount.'],
  [
    /SQLITE_CANTOPEN|unable to open|Unable to open/,
    'the file cannot be opened as a database',
    'Correct DATABASE_URL: it names a file in a folder that exists.',
  ],
];

/**
 * Which fault of a database an error is, in words of ours: the driver's own may name the address with
 * its password.
 * Django: none; OperationalError has the driver's words
 */
export function reasonOf(error: unknown): Reason {
  const { codes, text } = told(error);
  const said = `${codes.join(' ')} ${text}`;
  const found = REASONS.find(([pattern]) => pattern.test(said));
  return found ? { what: found[1], hint: found[2] } : { what: 'unreachable', hint: START };
}
