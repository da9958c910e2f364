import { logSecurityEvent } from '@/lib/contrib/auth/events/security-events';
import { type Command, CommandError, parseCommandArgs } from '@/lib/core/management/base';
import { clearSecurityLog } from '@/lib/extras/security-log/clear-security-log';

const DAYS: Readonly<Record<string, number>> = { d: 1, w: 7, y: 365 };
const DAY_MS = 86_400_000;

// A hundred years: further back no date of a database's is safe, and nothing is that old.
const MOST_DAYS = 36_500;

/**
 * Delete old entries of the security log, in batches, and keep in it that this was done, how far and
 * how many there were: also of what an interrupted run has deleted.
 * Django: no counterpart; django-axes: axes_reset_logs --age
 */
export const command: Command = {
  name: 'clearsecuritylog',
  usage: '--older-than SPAN',
  help: 'Deletes entries of the security log that are older than SPAN, such as 365d, 52w or 1y.',
  async run(args, io) {
    const { values } = parseCommandArgs({ args, options: { 'older-than': { type: 'string' } } });
    const span = values['older-than'];
    const before = new Date(Date.now() - daysOf(span) * DAY_MS);
    let deleted = 0;
    try {
      await clearSecurityLog(before, (count) => {
        deleted += count;
      });
    } finally {
      const detail = { command: 'clearsecuritylog', before: before.toISOString(), deleted };
      await logSecurityEvent({ name: 'authz_admin', detail });
    }
    const what = deleted === 1 ? '1 entry' : `${deleted.toLocaleString('en')} entries`;
    io.out(`Deleted ${what} of the security log from before ${before.toISOString()}.`);
    return 0;
  },
};

function daysOf(span: string | undefined): number {
  const [, number = '', unit = ''] = /^([1-9]\d{0,5})([dwy])$/.exec(span ?? '') ?? [];
  const days = Number(number) * (DAYS[unit] ?? 0);
  if (days > 0 && days <= MOST_DAYS) return days;
  throw new CommandError(
    '--older-than is a span from a day to a hundred years, such as 365d, 52w or 1y.',
    2,
  );
}
