import { z } from 'zod';
import { textField } from '@/lib/forms/fields';
import { durations } from './durations';

const duration = (asked: number | null) =>
  textField({ required: 'Choose for how long.' }).transform((value, context) => {
    const chosen = durations(asked).find((each) => each.value === value);
    if (chosen) return chosen.seconds;
    if (value !== '') context.addIssue({ code: 'custom', message: 'Choose one of these.' });
    return z.NEVER;
  });

/** What somebody says who asks for access; what for is sealed in `refused`. */
export const AskForm = () =>
  z.object({
    reason: textField({ max: 500, required: 'Say what you need it for.' }),
    duration: duration(null),
  });

/** How a request is granted: `way`, `duration` and a sentence that may be blank. */
export const ApproveForm = (asked: number | null) =>
  z.object({
    way: textField({ max: 20, required: 'Choose how to give it.' }),
    duration: duration(asked),
    answer: textField({ max: 500 }),
  });

/** Why a request is refused. */
export const RefuseForm = z.object({
  refusal: textField({ max: 500, required: 'Say why: the person who asked reads it.' }),
});
