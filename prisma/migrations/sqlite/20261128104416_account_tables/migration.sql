-- account_emailaddress is django-allauth's, to the column: the one of a site that has it already stays
-- as it is. The database itself lets go of the addresses of a user whom a Django beside us deletes.

CREATE TABLE IF NOT EXISTS "account_emailaddress" (
  "id" integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  "email" varchar(254) NOT NULL,
  "verified" bool NOT NULL,
  "primary" bool NOT NULL,
  "user_id" integer NOT NULL REFERENCES "auth_user" ("id") ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
CREATE UNIQUE INDEX IF NOT EXISTS "account_emailaddress_user_id_email_987c8728_uniq" ON "account_emailaddress" ("user_id", "email");
CREATE UNIQUE INDEX IF NOT EXISTS "unique_verified_email" ON "account_emailaddress" ("email") WHERE "verified";
CREATE UNIQUE INDEX IF NOT EXISTS "unique_primary_email" ON "account_emailaddress" ("user_id", "primary") WHERE "primary";
CREATE INDEX IF NOT EXISTS "account_emailaddress_user_id_2c513194" ON "account_emailaddress" ("user_id");
CREATE INDEX IF NOT EXISTS "account_emailaddress_email_03be32b2" ON "account_emailaddress" ("email");

-- token_hash is the SHA-256 of the token in the mailed link. Inviter and user are named without a key:
-- a Django beside us, which does not know these tables, may delete them.

CREATE TABLE "auth_invitation" (
  "id" integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  "email" varchar(254) NOT NULL,
  "token_hash" varchar(64) NOT NULL,
  "inviter_id" integer NULL,
  "inviter_username" varchar(150) NOT NULL,
  "note" varchar(500) NOT NULL,
  "created" datetime NOT NULL,
  "expires" datetime NOT NULL,
  "accepted" datetime NULL,
  "user_id" integer NULL,
  "revoked" datetime NULL
);
CREATE UNIQUE INDEX "auth_invitation_token_hash_key" ON "auth_invitation" ("token_hash");
CREATE INDEX "auth_invitation_email_idx" ON "auth_invitation" ("email");
CREATE INDEX "auth_invitation_inviter_id_idx" ON "auth_invitation" ("inviter_id");
CREATE INDEX "auth_invitation_user_id_idx" ON "auth_invitation" ("user_id");

CREATE TABLE "auth_invitation_groups" (
  "id" integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  "invitation_id" integer NOT NULL REFERENCES "auth_invitation" ("id") ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  "group_id" integer NOT NULL REFERENCES "auth_group" ("id") ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
CREATE UNIQUE INDEX "auth_invitation_groups_invitation_id_group_id_uniq" ON "auth_invitation_groups" ("invitation_id", "group_id");
CREATE INDEX "auth_invitation_groups_group_id_idx" ON "auth_invitation_groups" ("group_id");

CREATE TABLE "auth_retired_username" (
  "id" integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  "name_hash" varchar(64) NOT NULL,
  "until" datetime NOT NULL
);
CREATE UNIQUE INDEX "auth_retired_username_name_hash_key" ON "auth_retired_username" ("name_hash");
CREATE INDEX "auth_retired_username_until_idx" ON "auth_retired_username" ("until");

CREATE TABLE "auth_account_deletion" (
  "id" integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  "user_id" integer NOT NULL,
  "requested" datetime NOT NULL,
  "due" datetime NOT NULL
);
CREATE UNIQUE INDEX "auth_account_deletion_user_id_key" ON "auth_account_deletion" ("user_id");
CREATE INDEX "auth_account_deletion_due_idx" ON "auth_account_deletion" ("due");
