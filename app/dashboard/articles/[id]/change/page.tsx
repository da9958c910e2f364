import { changeAction } from '@/app/dashboard/articles/actions';
import { ArticleEditor } from '@/app/dashboard/articles/form';
import { Page } from '@/components/page';
import { loginRequired } from '@/lib/contrib/auth/decorators';
import { getChangeableArticle } from '@/lib/site/articles/models';

export default loginRequired.page(async function ChangeArticlePage({ request, params }) {
  const article = await getChangeableArticle(request.user, params.id);
  return (
    <Page title={`Change ${article.title}`} heading="Change article" user={request.user}>
      <ArticleEditor
        action={changeAction}
        article={article}
        submit="Save changes"
        cancelHref={`/dashboard/articles/${article.id}/`}
      />
    </Page>
  );
});
