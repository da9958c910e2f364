import { z } from 'zod';
import { textField } from '@/lib/forms/fields';

/** Why somebody acts as somebody else; `user_pk` and `next` are read beside it. */
export const AcquireForm = z.object({
  reason: textField({
    max: 500,
    required: 'Say why: the log keeps it, and the person may read it.',
  }),
});
