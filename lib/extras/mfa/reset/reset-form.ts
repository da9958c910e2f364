import { z } from 'zod';
import { textField } from '@/lib/forms/fields';

/** Characters of a reason, as the row and the log hold it. */
const REASON_LENGTH = 255;

const WHAT = /^(all|[a-z_]{1,20}:[1-9]\d{0,8})$/;

/** What is to be removed, `all` or `kind:id`, and why. */
export const ResetForm = z.object({
  what: z.string({ message: 'Choose what is to go.' }).regex(WHAT, 'Choose what is to go.'),
  reason: textField({
    max: REASON_LENGTH,
    required: 'Say why: how you know that it is really them.',
  }),
});
