-- What the list of users is sorted, filtered and searched by. Each statement may run again: `manage
-- migrate` repeats them all when something else, Django remaking auth_user say, took one of them away.

CREATE INDEX IF NOT EXISTS "auth_user_list_username_idx" ON "auth_user" ("username", "id");
CREATE INDEX IF NOT EXISTS "auth_user_list_email_idx" ON "auth_user" ("email", "username", "id");
CREATE INDEX IF NOT EXISTS "auth_user_list_first_name_idx" ON "auth_user" ("first_name", "username", "id");
CREATE INDEX IF NOT EXISTS "auth_user_list_last_name_idx" ON "auth_user" ("last_name", "username", "id");
CREATE INDEX IF NOT EXISTS "auth_user_list_is_staff_idx" ON "auth_user" ("is_staff", "username", "id");
CREATE INDEX IF NOT EXISTS "auth_user_list_is_staff_id_idx" ON "auth_user" ("is_staff", "id");
CREATE INDEX IF NOT EXISTS "auth_user_list_is_active_idx" ON "auth_user" ("is_active", "username", "id");
CREATE INDEX IF NOT EXISTS "auth_user_list_is_superuser_idx" ON "auth_user" ("is_superuser", "username", "id");

-- Trigrams of what the admin searches. It keeps the texts themselves, so that a row can leave it
-- whatever happened to auth_user meanwhile; without positions, since each row found is looked at again.
CREATE VIRTUAL TABLE IF NOT EXISTS "auth_user_search" USING fts5(
  "username", "first_name", "last_name", "email", tokenize = 'trigram', detail = 'none', columnsize = 0
);
DELETE FROM "auth_user_search";
INSERT INTO "auth_user_search" ("rowid", "username", "first_name", "last_name", "email")
  SELECT "id", "username", "first_name", "last_name", "email" FROM "auth_user";
CREATE TRIGGER IF NOT EXISTS "auth_user_search_insert" AFTER INSERT ON "auth_user" BEGIN
  DELETE FROM "auth_user_search" WHERE "rowid" = new."id";
  INSERT INTO "auth_user_search" ("rowid", "username", "first_name", "last_name", "email")
    VALUES (new."id", new."username", new."first_name", new."last_name", new."email");
END;
CREATE TRIGGER IF NOT EXISTS "auth_user_search_update"
AFTER UPDATE OF "id", "username", "first_name", "last_name", "email" ON "auth_user"
WHEN old."id" <> new."id" OR old."username" <> new."username" OR old."first_name" <> new."first_name"
  OR old."last_name" <> new."last_name" OR old."email" <> new."email"
BEGIN
  DELETE FROM "auth_user_search" WHERE "rowid" IN (old."id", new."id");
  INSERT INTO "auth_user_search" ("rowid", "username", "first_name", "last_name", "email")
    VALUES (new."id", new."username", new."first_name", new."last_name", new."email");
END;
CREATE TRIGGER IF NOT EXISTS "auth_user_search_delete" AFTER DELETE ON "auth_user" BEGIN
  DELETE FROM "auth_user_search" WHERE "rowid" = old."id";
END;
