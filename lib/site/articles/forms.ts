import { z } from 'zod';
import { nameField, textField } from '@/lib/forms/fields';
import { BODY_MAX_LENGTH } from './apps';

/** The title of an article, in the site's form and in the admin's. */
export const titleField = nameField({ max: 200, required: 'Give the article a title.' });

/**
 * The form of an article: `title`, one line of at most 200 characters that can be seen, and `body`,
 * both required and trimmed at the ends.
 * Django: what a ModelForm makes of the Article model
 */
export const ArticleForm = z.object({
  title: titleField,
  body: textField({ max: BODY_MAX_LENGTH, required: 'Write something.' }),
});
