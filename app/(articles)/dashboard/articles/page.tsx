import { permissionRequired } from '@/app/(articles)/guards';
import { ArticleList } from '@/components/articles/article-list';
import { NoArticles } from '@/components/articles/no-articles';
import { StatusFilter } from '@/components/articles/status-filter';
import { ButtonLink } from '@/components/button';
import { Page } from '@/components/page';
import { PageNumber, Pagination } from '@/components/pagination';
import { listArticles, parseStatus } from '@/lib/site/articles/models';

export default permissionRequired('articles.view_article').page(async function ArticlesPage({
  request,
  searchParams,
}) {
  const { user } = request;
  const status = parseStatus(searchParams.status);
  const list = await listArticles(user, { status, page: Number(searchParams.p) || 1 });
  const canAdd = await user.hasPerm('articles.add_article');
  return (
    <Page
      title="Articles"
      user={user}
      actions={
        canAdd && (
          <ButtonLink href="/dashboard/articles/add/" prefetch={false} variant="primary">
            Write an article
          </ButtonLink>
        )
      }
    >
      <StatusFilter current={status} counts={list.counts} />
      {list.articles.length === 0 ? (
        <NoArticles list={list} status={status} canAdd={canAdd} />
      ) : (
        <ArticleList articles={list.articles} />
      )}
      <Pagination
        page={list.page}
        hasNext={list.page < list.pageCount}
        prefetch={false}
        hrefOf={(page) => `?status=${status}&p=${page}`}
      >
        <PageNumber page={list.page} pageCount={list.pageCount} />
      </Pagination>
    </Page>
  );
});
