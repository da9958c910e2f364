-- AlterTable
ALTER TABLE "articles_article" ADD COLUMN "cover" VARCHAR(200);

-- CreateIndex
CREATE INDEX "articles_article_cover_idx" ON "articles_article"("cover");
