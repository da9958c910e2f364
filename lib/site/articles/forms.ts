import { z } from 'zod';
import { nameField, textField } from '@/lib/forms/fields';

/** The title of an article, in the site's form and in the admin's. */
export const titleField = nameField({ max: 200, required: 'Give the article a title.' });

/**
/**
 * Characters of an article's body that one form can hold: some fifty pages. Twice that, since a form
 * that is shown again carries the text twice, stays under settings.DATA_UPLOAD_MAX_MEMORY_SIZE in
 * every script.
 */
export const BODY_MAX_LENGTH = 100_000;

/**
 * The form of an article: `title`, one line of at most 200 characters that can be seen, and `body`,
 * both required and trimmed at the ends.
 * Django: what a ModelForm makes of the Article model
 */
export const ArticleForm = z.object({
  title: titleField,
  body: textField({ max: BODY_MAX_LENGTH, required: 'Write something.' }),
});
