-- user_id has no foreign key: Django may delete a user beside us, and that must not fail.

CREATE TABLE "auth_session" (
  "id" integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  "session_key" varchar(64) NOT NULL UNIQUE,
  "user_id" integer NULL,
  "session_data" text NOT NULL,
  "created" datetime NOT NULL,
  "last_seen" datetime NOT NULL,
  "expire_date" datetime NOT NULL,
  "ip_address" varchar(45) NOT NULL,
  "user_agent" varchar(255) NOT NULL
);
CREATE INDEX "auth_session_user_id_idx" ON "auth_session" ("user_id");
CREATE INDEX "auth_session_expire_date_idx" ON "auth_session" ("expire_date");
