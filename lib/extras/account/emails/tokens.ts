import { z } from 'zod';
import { settings } from '@/lib/conf/settings';
import { mailedToken } from '@/lib/extras/account/links/mailed-token';
import { UNDO_AGE } from './recent-change';

/** The link that confirms an address for one account. */
export const confirmEmailToken = mailedToken(
  'confirm-email',
  z.object({ user: z.number(), email: z.string() }),
  () => settings.ACCOUNT_EMAIL_CONFIRMATION_EXPIRE,
);

/**
 * The link that puts a former address back. `since` is the highest id among the rows that the person
 * had: what was added afterwards goes.
 */
export const undoEmailToken = mailedToken(
  'undo-email',
  z.object({ user: z.number(), email: z.string(), since: z.number() }),
  () => UNDO_AGE,
);
