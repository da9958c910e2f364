-- No foreign key leads to the users, as none of a session does: what goes with a user goes in the app's userDeletion.

CREATE TABLE "auth_totp" (
  "id" integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  "user_id" integer NOT NULL,
  "secret" varchar(255) NOT NULL,
  "last_step" integer NOT NULL DEFAULT -1,
  "created" datetime NOT NULL,
  "last_used" datetime
);
CREATE UNIQUE INDEX "auth_totp_user_id_key" ON "auth_totp" ("user_id");

CREATE TABLE "auth_recovery_code" (
  "id" integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  "user_id" integer NOT NULL,
  "code_hash" varchar(64) NOT NULL,
  "created" datetime NOT NULL
);
CREATE UNIQUE INDEX "auth_recovery_code_code_hash_key" ON "auth_recovery_code" ("code_hash");
CREATE INDEX "auth_recovery_code_user_id_idx" ON "auth_recovery_code" ("user_id");

CREATE TABLE "auth_trusted_browser" (
  "id" integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  "user_id" integer NOT NULL,
  "token_hash" varchar(64) NOT NULL,
  "created" datetime NOT NULL,
  "expires" datetime NOT NULL,
  "last_used" datetime NOT NULL,
  "ip_address" varchar(45) NOT NULL,
  "user_agent" varchar(255) NOT NULL
);
CREATE UNIQUE INDEX "auth_trusted_browser_token_hash_key" ON "auth_trusted_browser" ("token_hash");
CREATE INDEX "auth_trusted_browser_user_id_idx" ON "auth_trusted_browser" ("user_id");
CREATE INDEX "auth_trusted_browser_expires_idx" ON "auth_trusted_browser" ("expires");

CREATE TABLE "auth_passkey" (
  "id" integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  "user_id" integer NOT NULL,
  "credential_id" varchar(1364) NOT NULL,
  "public_key" text NOT NULL,
  "sign_count" bigint NOT NULL,
  "transports" varchar(100) NOT NULL,
  "device_type" varchar(12) NOT NULL,
  "backed_up" bool NOT NULL,
  "aaguid" varchar(36) NOT NULL,
  "name" varchar(100) NOT NULL,
  "created" datetime NOT NULL,
  "last_used" datetime
);
CREATE UNIQUE INDEX "auth_passkey_credential_id_key" ON "auth_passkey" ("credential_id");
CREATE INDEX "auth_passkey_user_id_idx" ON "auth_passkey" ("user_id");

CREATE TABLE "auth_passkey_handle" (
  "id" integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  "user_id" integer NOT NULL,
  "handle" varchar(86) NOT NULL
);
CREATE UNIQUE INDEX "auth_passkey_handle_user_id_key" ON "auth_passkey_handle" ("user_id");
CREATE UNIQUE INDEX "auth_passkey_handle_handle_key" ON "auth_passkey_handle" ("handle");

CREATE TABLE "auth_factor_reset" (
  "id" integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  "user_id" integer NOT NULL,
  "requested_by_id" integer NOT NULL,
  "reason" varchar(255) NOT NULL,
  "created" datetime NOT NULL,
  "expires" datetime NOT NULL
);
CREATE UNIQUE INDEX "auth_factor_reset_user_id_key" ON "auth_factor_reset" ("user_id");

CREATE TABLE "auth_enrollment_ticket" (
  "id" integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  "user_id" integer NOT NULL,
  "ticket_hash" varchar(64) NOT NULL,
  "created" datetime NOT NULL,
  "expires" datetime NOT NULL
);
CREATE UNIQUE INDEX "auth_enrollment_ticket_user_id_key" ON "auth_enrollment_ticket" ("user_id");
