import { z } from 'zod';
import { textField } from '@/lib/db/fields';

/**
 * Characters of an article's body that one form can hold: some fifty pages. Twice that, since a form
 * that is shown again carries the text twice, stays under settings.DATA_UPLOAD_MAX_MEMORY_SIZE in
 * every script.
 */
export const BODY_MAX_LENGTH = 100_000;

/**
 * The form of an article: `title`, one line of at most 200 characters, and `body`, both required and
 * trimmed at the ends.
 * Django: what a ModelForm makes of the Article model
 */
export const ArticleForm = z.object({
  title: textField({ max: 200, required: 'Give the article a title.' }),
  body: textField({ max: BODY_MAX_LENGTH, required: 'Write something.' }),
});
