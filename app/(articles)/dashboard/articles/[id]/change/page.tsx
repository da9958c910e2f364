import { changeAction } from '@/app/(articles)/dashboard/articles/actions';
import { ArticleEditor } from '@/app/(articles)/dashboard/articles/form';
import { loginRequired } from '@/app/(articles)/guards';
import { Page } from '@/components/page';
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
