import { z } from 'zod';
import { textField } from '@/lib/db/fields';

/**
 * The form of an article: `title`, one line of at most 200 characters, and `body`, both required and
 * trimmed at the ends.
 * Django: what a ModelForm makes of the Article model
 */
export const ArticleForm = z.object({
  title: textField({ max: 200, required: 'Give the article a title.' }),
  body: textField({ required: 'Write something.' }),
});
