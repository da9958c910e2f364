import { bytesText } from '@/lib/core/files/file-rules';
import { type Command, CommandError, parseCommandArgs } from '@/lib/core/management/base';
import { clearUnusedFiles } from '@/lib/extras/files/unused-files';

const HOUR = 3_600_000;
const HOURS = 24;

/**
 * Delete the uploaded files that no row names. For once a day.
 * Django: no counterpart; django-unused-media cleanup_unused_media
 */
export const command: Command = {
  name: 'clearunusedfiles',
  help: 'Deletes uploaded files that no row names and that are older than a day.',
  usage: '[--dry-run] [--older-than HOURS]',
  async run(args, io) {
    const { values } = parseCommandArgs({
      args,
      options: { 'dry-run': { type: 'boolean' }, 'older-than': { type: 'string' } },
    });
    const isDryRun = values['dry-run'] ?? false;
    const hours = values['older-than'] ?? String(HOURS);
    if (!/^\d{1,6}$/.test(hours))
      throw new CommandError('--older-than takes a number of hours.', 2);
    const olderThan = new Date(Date.now() - Number(hours) * HOUR);
    const { names, bytes } = await clearUnusedFiles({ olderThan, isDryRun });
    for (const name of names) io.out(name);
    const what = `${names.length === 1 ? '1 file' : `${names.length} files`}, ${bytesText(bytes)}`;
    io.out(isDryRun ? `Would delete ${what}.` : `Deleted ${what}.`);
    return 0;
  },
};
