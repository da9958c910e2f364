-- The database itself lets requests and grants go with their person, permission or group: Django, beside us, does not
-- know these tables. One open request for a person and a permission, and one thing in each grant.

CREATE TABLE "auth_access_request" (
  "id" integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  "user_id" integer NOT NULL REFERENCES "auth_user" ("id") ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  "permission_id" integer NOT NULL REFERENCES "auth_permission" ("id") ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  "reason" varchar(500) NOT NULL,
  "seconds" integer NULL,
  "state" varchar(10) NOT NULL,
  "created" datetime NOT NULL,
  "decided" datetime NULL,
  "decider" varchar(150) NOT NULL,
  "answer" varchar(500) NOT NULL
);
CREATE UNIQUE INDEX "auth_access_request_open_uniq" ON "auth_access_request" ("user_id", "permission_id") WHERE "state" = 'open';
CREATE INDEX "auth_access_request_user_id_created_idx" ON "auth_access_request" ("user_id", "created");
CREATE INDEX "auth_access_request_permission_id_idx" ON "auth_access_request" ("permission_id");
CREATE INDEX "auth_access_request_state_created_idx" ON "auth_access_request" ("state", "created");

CREATE TABLE "auth_timed_grant" (
  "id" integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  "user_id" integer NOT NULL REFERENCES "auth_user" ("id") ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  "permission_id" integer NULL REFERENCES "auth_permission" ("id") ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  "group_id" integer NULL REFERENCES "auth_group" ("id") ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  "until" datetime NOT NULL,
  "created" datetime NOT NULL,
  "granter" varchar(150) NOT NULL,
  "reason" varchar(500) NOT NULL,
  CONSTRAINT "auth_timed_grant_one_thing" CHECK (("permission_id" IS NULL) <> ("group_id" IS NULL))
);
CREATE INDEX "auth_timed_grant_user_id_until_idx" ON "auth_timed_grant" ("user_id", "until");
CREATE INDEX "auth_timed_grant_permission_id_idx" ON "auth_timed_grant" ("permission_id");
CREATE INDEX "auth_timed_grant_group_id_idx" ON "auth_timed_grant" ("group_id");
CREATE INDEX "auth_timed_grant_until_idx" ON "auth_timed_grant" ("until");
