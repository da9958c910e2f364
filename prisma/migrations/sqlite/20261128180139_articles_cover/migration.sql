-- AlterTable
ALTER TABLE "articles_article" ADD COLUMN "cover" TEXT;

-- CreateIndex
CREATE INDEX "articles_article_cover_idx" ON "articles_article"("cover");
