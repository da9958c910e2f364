-- socialaccount_socialaccount is django-allauth's, to the column: the one of a site that has it already
-- stays as it is. The database itself lets go of the links of a user whom a Django beside us deletes.

CREATE TABLE IF NOT EXISTS "socialaccount_socialaccount" (
  "id" integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  "provider" varchar(200) NOT NULL,
  "uid" varchar(191) NOT NULL,
  "last_login" datetime NOT NULL,
  "date_joined" datetime NOT NULL,
  "extra_data" text NOT NULL CHECK ((JSON_VALID("extra_data") OR "extra_data" IS NULL)),
  "user_id" integer NOT NULL REFERENCES "auth_user" ("id") ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
CREATE UNIQUE INDEX IF NOT EXISTS "socialaccount_socialaccount_provider_uid_fc810c6e_uniq" ON "socialaccount_socialaccount" ("provider", "uid");
CREATE INDEX IF NOT EXISTS "socialaccount_socialaccount_user_id_8146e70c" ON "socialaccount_socialaccount" ("user_id");

-- Sessions, users and groups are named without a key: what deletes them knows nothing of these tables,
-- and a row that is left names nobody.

CREATE TABLE "auth_oidc_session" (
  "id" integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  "session_id" integer NOT NULL,
  "provider" varchar(200) NOT NULL,
  "issuer" varchar(255) NOT NULL,
  "subject" varchar(255) NOT NULL,
  "sid" varchar(255) NOT NULL,
  "id_token" text NOT NULL
);
CREATE UNIQUE INDEX "auth_oidc_session_session_id_key" ON "auth_oidc_session" ("session_id");
CREATE INDEX "auth_oidc_session_issuer_sid_idx" ON "auth_oidc_session" ("issuer", "sid");
CREATE INDEX "auth_oidc_session_issuer_subject_idx" ON "auth_oidc_session" ("issuer", "subject");

CREATE TABLE "auth_group_source" (
  "id" integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  "user_id" integer NOT NULL,
  "group_id" integer NOT NULL,
  "source" varchar(60) NOT NULL,
  "created" datetime NOT NULL
);
CREATE UNIQUE INDEX "auth_group_source_user_id_group_id_source_uniq" ON "auth_group_source" ("user_id", "group_id", "source");
CREATE INDEX "auth_group_source_group_id_idx" ON "auth_group_source" ("group_id");
