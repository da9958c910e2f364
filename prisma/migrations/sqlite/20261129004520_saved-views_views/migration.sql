-- Queries of lists under a name. No key to users: they go by the app's own hand.

CREATE TABLE "auth_saved_view" (
  "id" integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  "user_id" integer NOT NULL,
  "model" varchar(201) NOT NULL,
  "name" varchar(60) NOT NULL,
  "query" varchar(2000) NOT NULL,
  "created" datetime NOT NULL
);
-- Named after the column that a form asks for, by which what is taken is told.
CREATE UNIQUE INDEX "auth_saved_view_name_user_id_model_uniq" ON "auth_saved_view" ("user_id", "model", "name");
