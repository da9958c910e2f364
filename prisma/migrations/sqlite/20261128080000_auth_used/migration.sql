-- key is the SHA-256 of what was used; nothing here can be used again.

CREATE TABLE "auth_used" (
  "id" integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  "kind" varchar(20) NOT NULL,
  "key" varchar(64) NOT NULL,
  "expires" datetime NOT NULL
);
CREATE UNIQUE INDEX "auth_used_kind_key_uniq" ON "auth_used" ("kind", "key");
CREATE INDEX "auth_used_expires_idx" ON "auth_used" ("expires");
