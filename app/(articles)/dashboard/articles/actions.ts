'use server';

import { redirect } from 'next/navigation';
import { loginRequired, permissionRequired } from '@/app/(articles)/guards';
import type { User } from '@/lib/contrib/auth/models';
import { success } from '@/lib/contrib/messages/api';
import { parseForm } from '@/lib/forms/forms';
import type { HttpRequest } from '@/lib/http/request';
import { ArticleForm } from '@/lib/site/articles/forms';
import {
  changeArticle,
  createArticle,
  getChangeableArticle,
  publishArticle,
} from '@/lib/site/articles/models';

export const addAction = permissionRequired('articles.add_article').action(
  async (request: HttpRequest<User>, form: FormData) => {
    const parsed = parseForm(ArticleForm.schema, form);
    if (!parsed.ok) return parsed.state;
    const saved = await ArticleForm.save(form, () => createArticle(request.user, parsed.data));
    if (!saved.ok) return saved.state;
    success(request, `“${saved.data.title}” is saved as a draft.`);
    redirect(`/dashboard/articles/${saved.data.id}/`);
  },
);

export const changeAction = loginRequired.action(
  async (request: HttpRequest<User>, form: FormData) => {
    const article = await getChangeableArticle(request.user, form.get('id'));
    const articleForm = ArticleForm.withRow(article);
    const parsed = parseForm(articleForm.schema, form);
    if (!parsed.ok) return parsed.state;
    const saved = await articleForm.save(form, () =>
      changeArticle(request.user, String(article.id), parsed.data),
    );
    if (!saved.ok) return saved.state;
    success(request, `“${saved.data.title}” is saved.`);
    redirect(`/dashboard/articles/${saved.data.id}/`);
  },
);

export const publishAction = permissionRequired('articles.publish_article').action(
  async (request: HttpRequest<User>, form: FormData) => {
    const article = await publishArticle(request.user, form.get('id'), true);
    success(request, `“${article.title}” is published.`);
    redirect(`/dashboard/articles/${article.id}/`);
  },
);

export const unpublishAction = permissionRequired('articles.publish_article').action(
  async (request: HttpRequest<User>, form: FormData) => {
    const article = await publishArticle(request.user, form.get('id'), false);
    success(request, `“${article.title}” is a draft again.`);
    redirect(`/dashboard/articles/${article.id}/`);
  },
);
