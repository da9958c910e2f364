'use server';

import { redirect } from 'next/navigation';
import { ArticleForm } from '@/lib/articles/forms';
import {
  changeArticle,
  createArticle,
  getChangeableArticle,
  publishArticle,
} from '@/lib/articles/models';
import type { User } from '@/lib/auth/models';
import { loginRequired, permissionRequired } from '@/lib/http/decorators';
import { parseForm } from '@/lib/http/forms';
import type { HttpRequest } from '@/lib/http/request';
import { success } from '@/lib/messages/api';

export const addAction = permissionRequired(
  'articles.add_article',
  async (request: HttpRequest<User>, form: FormData) => {
    const parsed = parseForm(ArticleForm, form);
    if (!parsed.ok) return parsed.state;
    const article = await createArticle(request.user, parsed.data);
    success(request, `“${article.title}” is saved as a draft.`);
    redirect(`/dashboard/articles/${article.id}/`);
  },
);

export const changeAction = loginRequired(async (request: HttpRequest<User>, form: FormData) => {
  const { id } = await getChangeableArticle(request.user, form.get('id'));
  const parsed = parseForm(ArticleForm, form);
  if (!parsed.ok) return parsed.state;
  const article = await changeArticle(request.user, String(id), parsed.data);
  success(request, `“${article.title}” is saved.`);
  redirect(`/dashboard/articles/${article.id}/`);
});

export const publishAction = permissionRequired(
  'articles.publish_article',
  async (request: HttpRequest<User>, form: FormData) => {
    const article = await publishArticle(request.user, form.get('id'), true);
    success(request, `“${article.title}” is published.`);
    redirect(`/dashboard/articles/${article.id}/`);
  },
);

export const unpublishAction = permissionRequired(
  'articles.publish_article',
  async (request: HttpRequest<User>, form: FormData) => {
    const article = await publishArticle(request.user, form.get('id'), false);
    success(request, `“${article.title}” is a draft again.`);
    redirect(`/dashboard/articles/${article.id}/`);
  },
);
