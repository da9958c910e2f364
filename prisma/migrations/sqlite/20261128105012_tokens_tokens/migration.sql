-- The database itself lets a token go with its owner or its permission: Django, beside us, does not know these tables.

CREATE TABLE "auth_token" (
  "id" integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  "user_id" integer NOT NULL REFERENCES "auth_user" ("id") ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  "name" varchar(100) NOT NULL,
  "start" varchar(12) NOT NULL,
  "token_hash" varchar(64) NOT NULL,
  "is_full" bool NOT NULL,
  "networks" text NOT NULL,
  "created" datetime NOT NULL,
  "expires" datetime NULL,
  "last_used" datetime NULL,
  "last_used_ip" varchar(45) NOT NULL,
  "revoked" datetime NULL
);
CREATE UNIQUE INDEX "auth_token_token_hash_key" ON "auth_token" ("token_hash");
CREATE INDEX "auth_token_user_id_idx" ON "auth_token" ("user_id");
CREATE INDEX "auth_token_start_idx" ON "auth_token" ("start");
CREATE INDEX "auth_token_expires_idx" ON "auth_token" ("expires");

CREATE TABLE "auth_token_permission" (
  "id" integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  "token_id" integer NOT NULL REFERENCES "auth_token" ("id") ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  "permission_id" integer NOT NULL REFERENCES "auth_permission" ("id") ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
CREATE UNIQUE INDEX "auth_token_permission_token_id_permission_id_uniq" ON "auth_token_permission" ("token_id", "permission_id");
CREATE INDEX "auth_token_permission_permission_id_idx" ON "auth_token_permission" ("permission_id");

CREATE TABLE "auth_service_account" (
  "id" integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  "user_id" integer NOT NULL REFERENCES "auth_user" ("id") ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  "owner_id" integer NULL REFERENCES "auth_user" ("id") ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
  "purpose" varchar(200) NOT NULL,
  "created" datetime NOT NULL
);
CREATE UNIQUE INDEX "auth_service_account_user_id_key" ON "auth_service_account" ("user_id");
CREATE INDEX "auth_service_account_owner_id_idx" ON "auth_service_account" ("owner_id");
