-- What the list of users is sorted, filtered and searched by. Each statement may run again: `manage
-- migrate` repeats them all when one of these indexes is missing.

CREATE INDEX IF NOT EXISTS "auth_user_list_username_idx" ON "auth_user" ("username", "id");
CREATE INDEX IF NOT EXISTS "auth_user_list_email_idx" ON "auth_user" ("email", "username", "id");
CREATE INDEX IF NOT EXISTS "auth_user_list_first_name_idx" ON "auth_user" ("first_name", "username", "id");
CREATE INDEX IF NOT EXISTS "auth_user_list_last_name_idx" ON "auth_user" ("last_name", "username", "id");
CREATE INDEX IF NOT EXISTS "auth_user_list_is_staff_idx" ON "auth_user" ("is_staff", "username", "id");
CREATE INDEX IF NOT EXISTS "auth_user_list_is_staff_id_idx" ON "auth_user" ("is_staff", "id");
CREATE INDEX IF NOT EXISTS "auth_user_list_is_active_idx" ON "auth_user" ("is_active", "username", "id");
CREATE INDEX IF NOT EXISTS "auth_user_list_is_superuser_idx" ON "auth_user" ("is_superuser", "username", "id");

-- Trigrams of what the admin searches, in upper case as Django asks for them. pg_trgm comes with
-- PostgreSQL, but not every role may create it: then the list works without, and `manage check` says so.
DO $$
BEGIN
  CREATE EXTENSION IF NOT EXISTS pg_trgm;
  CREATE INDEX IF NOT EXISTS "auth_user_list_search_idx" ON "auth_user" USING gin (
    UPPER("username") gin_trgm_ops, UPPER("first_name") gin_trgm_ops,
    UPPER("last_name") gin_trgm_ops, UPPER("email") gin_trgm_ops
  );
EXCEPTION WHEN insufficient_privilege OR undefined_file OR feature_not_supported OR undefined_object THEN
  RAISE WARNING 'Users are searched without an index: %', SQLERRM;
END
$$;
