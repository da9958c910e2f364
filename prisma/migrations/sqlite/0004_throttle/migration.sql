-- key is a keyed hash for accounts and devices, and the address for networks.

CREATE TABLE "auth_throttle" (
  "id" integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  "kind" varchar(20) NOT NULL,
  "scope" varchar(10) NOT NULL,
  "key" varchar(64) NOT NULL,
  "tries" integer NOT NULL,
  "refused" integer NOT NULL,
  "blocked_until" datetime NOT NULL,
  "started" datetime NOT NULL
);
CREATE UNIQUE INDEX "auth_throttle_kind_scope_key_uniq" ON "auth_throttle" ("kind", "scope", "key");
CREATE INDEX "auth_throttle_started_idx" ON "auth_throttle" ("started");
