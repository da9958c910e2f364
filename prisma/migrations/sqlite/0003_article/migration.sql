-- The database itself lets go of a deleted author: Django, beside us, does not know this table.

CREATE TABLE "articles_article" (
  "id" integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  "title" varchar(200) NOT NULL,
  "body" text NOT NULL,
  "author_id" integer NULL REFERENCES "auth_user" ("id") ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
  "is_published" bool NOT NULL,
  "created" datetime NOT NULL,
  "modified" datetime NOT NULL
);
CREATE INDEX "articles_article_author_id_idx" ON "articles_article" ("author_id");
