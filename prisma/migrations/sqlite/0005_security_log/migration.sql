-- actor_id and target_id have no foreign key: the record outlives the users it names.

CREATE TABLE "auth_security_log" (
  "id" integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  "time" datetime NOT NULL,
  "event" varchar(64) NOT NULL,
  "actor_id" integer NULL,
  "actor_username" varchar(150) NOT NULL,
  "target_id" integer NULL,
  "target_username" varchar(150) NOT NULL,
  "ip_address" varchar(45) NOT NULL,
  "user_agent" varchar(255) NOT NULL,
  "session_key" varchar(64) NOT NULL,
  "detail" text NOT NULL
);
CREATE INDEX "auth_security_log_time_idx" ON "auth_security_log" ("time");
CREATE INDEX "auth_security_log_actor_id_idx" ON "auth_security_log" ("actor_id");
CREATE INDEX "auth_security_log_target_id_idx" ON "auth_security_log" ("target_id");
