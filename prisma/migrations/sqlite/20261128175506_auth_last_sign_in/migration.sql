-- Who is active, of the staff, and has not signed in for long: the home of the admin counts them. `manage
-- migrate` makes it again with the other indexes of the list.

CREATE INDEX IF NOT EXISTS "auth_user_list_sign_in_idx" ON "auth_user" ("is_active", "is_staff", "last_login");
