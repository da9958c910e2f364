import { z } from 'zod';
import { nameField, textField } from '@/lib/forms/fields';
import { BODY_MAX_LENGTH } from './apps';

/** Code points of an article's title. */
export const TITLE_MAX_LENGTH = 200;

/** The title of an article, in the site's form and in the admin's. */
export const titleField = nameField({
  max: TITLE_MAX_LENGTH,
  required: 'Give the article a title.',
});

/**
 * The form of an article: `title`, one line of at most 200 characters that can be seen, and `body`,
 * both required and trimmed at the ends.
 * Django: what a ModelForm makes of the Article model
 */
export const ArticleForm = z.object({
  title: titleField,
  body: textField({ max: BODY_MAX_LENGTH, required: 'Write something.' }),
});
