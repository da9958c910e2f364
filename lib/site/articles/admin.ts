import { defineAdmin } from '@/lib/contrib/admin/options';
import { getUserModel } from '@/lib/contrib/auth/users/user-model';
import { textField } from '@/lib/forms/fields';
import { articleActions, articleFiles } from './admin-actions';
import { BODY_MAX_LENGTH } from './apps';
import { titleField } from './forms';

/** How an app of one's own gets its screens: this declaration and a line in `lib/site/admins.ts`. */
export const articleAdmin = defineAdmin('articles.article', {
  listDisplay: ['title', 'author', 'isPublished', 'modified'],
  listFilter: ['isPublished', 'modified'],
  get searchFields() {
    return ['title', `author__${getUserModel().USERNAME_FIELD}`];
  },
  ordering: ['-modified'],
  actions: articleActions,
  fileActions: articleFiles,
  autocompleteFields: ['author'],
  formFields: {
    title: titleField,
    body: textField({ max: BODY_MAX_LENGTH, required: 'This field is required.' }),
  },
  readonlyFields: ['created', 'modified'],
  saveModel: ({ before }) => ({ modified: new Date(), ...(before ? {} : { created: new Date() }) }),
  fieldsets: [
    { title: null, fields: ['title', 'body', 'cover', 'author', 'isPublished'] },
    { title: 'Dates', fields: ['created', 'modified'] },
  ],
});
