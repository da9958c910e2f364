-- Who acted as whom, kept when either is deleted.

CREATE TABLE "auth_impersonation" (
  "id" integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  "impersonator_id" integer NOT NULL,
  "impersonator_username" varchar(150) NOT NULL,
  "user_id" integer NOT NULL,
  "username" varchar(150) NOT NULL,
  "reason" varchar(500) NOT NULL,
  "started" datetime NOT NULL,
  "ended" datetime NULL,
  "ended_by" varchar(12) NOT NULL,
  "session_key" varchar(64) NOT NULL
);
CREATE INDEX "auth_impersonation_impersonator_id_idx" ON "auth_impersonation" ("impersonator_id");
CREATE INDEX "auth_impersonation_user_id_idx" ON "auth_impersonation" ("user_id");
CREATE INDEX "auth_impersonation_session_key_idx" ON "auth_impersonation" ("session_key");
