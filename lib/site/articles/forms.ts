import { modelForm } from '@/lib/contrib/admin/form/model-form';
import { nameField, textField } from '@/lib/forms/fields';
import { BODY_MAX_LENGTH } from './apps';

/** Code points of an article's title. */
export const TITLE_MAX_LENGTH = 200;

/** The title of an article, in the site's form and in the admin's. */
export const titleField = nameField({
  max: TITLE_MAX_LENGTH,
  required: 'Give the article a title.',
});

/** Its body, in the site's form. */
export const bodyField = textField({ max: BODY_MAX_LENGTH, required: 'Write something.' });

/**
 * The form of an article: `title`, one line of at most 200 characters that can be seen, and `body`,
 * both required and trimmed at the ends, and `cover`, a picture.
 * Django: a ModelForm of the Article model
 */
export const ArticleForm = modelForm('articles.article', {
  fields: ['title', 'body', 'cover'],
  formFields: { title: titleField, body: bodyField },
});
