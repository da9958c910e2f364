import { type Command, parseCommandArgs } from '@/lib/core/management/base';
import { clearExpiredGrants } from '@/lib/extras/access-requests/clear-expired';

/**
 * Delete grants that ended and requests that were answered long ago, as `clearsessions` does too.
 * Housekeeping: a grant ends at its moment whether this runs or not.
 * Django: no counterpart; clearsessions
 */
export const command: Command = {
  name: 'clearexpiredgrants',
  help: 'Deletes grants that ended and requests that were answered longer ago than settings.ACCESS_REQUESTS_KEEP.',
  async run(args, io) {
    parseCommandArgs({ args, options: {} });
    const { grants, requests } = await clearExpiredGrants();
    io.out(
      `Deleted ${grants === 1 ? '1 grant' : `${grants} grants`} and ${requests === 1 ? '1 request' : `${requests} requests`}.`,
    );
    return 0;
  },
};
