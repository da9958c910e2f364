import { addAction } from '@/app/(articles)/dashboard/articles/actions';
import { ArticleEditor } from '@/app/(articles)/dashboard/articles/form';
import { permissionRequired } from '@/app/(articles)/guards';
import { Page } from '@/components/page';

export default permissionRequired('articles.add_article').page(async function AddArticlePage({
  request,
}) {
  return (
    <Page
      title="Write an article"
      user={request.user}
      lead="It is saved as a draft. Somebody who may publish articles shows it to everybody."
    >
      <ArticleEditor action={addAction} submit="Save draft" cancelHref="/dashboard/articles/" />
    </Page>
  );
});
