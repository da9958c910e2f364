-- Files that were looked at and wait to be confirmed. No key to users: they go by the app's own hand.

CREATE TABLE "auth_import_preview" (
  "id" integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  "user_id" integer NOT NULL,
  "actor_id" integer NOT NULL,
  "model" varchar(201) NOT NULL,
  "file_name" varchar(200) NOT NULL,
  "content" text NOT NULL,
  "report" text NOT NULL,
  "expires" datetime NOT NULL
);
CREATE INDEX "auth_import_preview_user_id_idx" ON "auth_import_preview" ("user_id");
CREATE INDEX "auth_import_preview_expires_idx" ON "auth_import_preview" ("expires");
