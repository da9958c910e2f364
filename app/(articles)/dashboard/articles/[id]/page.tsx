import { publishAction, unpublishAction } from '@/app/(articles)/dashboard/articles/actions';
import { permissionRequired } from '@/app/(articles)/guards';
import { Byline } from '@/components/articles/byline';
import { ButtonLink } from '@/components/button';
import { SubmitButton } from '@/components/forms/submit-button';
import { Page } from '@/components/page';
import { Prose } from '@/components/prose';
import { SendingForm } from '@/components/sending/sending-form';
import { visibleText } from '@/lib/core/text';
import { coverUrl } from '@/lib/site/articles/cover';
import { getArticleOr404, mayChange } from '@/lib/site/articles/models';

export default permissionRequired('articles.view_article').page(async function ArticlePage({
  request,
  params,
}) {
  const { user } = request;
  const article = await getArticleOr404(user, params.id);
  const canChange = await mayChange(user, article);
  const cover = coverUrl(article);
  const canPublish = await user.hasPerm('articles.publish_article');
  return (
    <Page
      title={visibleText(article.title)}
      user={user}
      lead={<Byline article={article} />}
      actions={
        <>
          {canChange && (
            <ButtonLink href={`/dashboard/articles/${article.id}/change/`}>Change</ButtonLink>
          )}
          {canPublish && (
            <SendingForm
              action={article.isPublished ? unpublishAction : publishAction}
              notice="floating"
            >
              <input type="hidden" name="id" value={article.id} />
              <SubmitButton variant={article.isPublished ? 'secondary' : 'primary'}>
                {article.isPublished ? 'Unpublish' : 'Publish'}
              </SubmitButton>
            </SendingForm>
          )}
        </>
      }
    >
      {cover !== null && (
        // biome-ignore lint/performance/noImgElement: it is shown as it was uploaded.
        <img
          src={cover}
          alt=""
          className="mb-6 max-h-80 max-w-full rounded-panel border border-line"
        />
      )}
      <Prose text={article.body} />
    </Page>
  );
});
