import { z } from 'zod';
import { textField } from '@/lib/forms/fields';

/** What somebody notes with a confirmation; may be blank. */
export const ConfirmForm = z.object({
  note: textField({ max: 500 }),
  digest: textField({ max: 64 }),
});
