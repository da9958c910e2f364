-- Who confirmed whom to hold what. No key to users: a confirmation stays on record when they are deleted, and whom it
-- was about goes by the app's own hand.

CREATE TABLE "auth_access_review" (
  "id" integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  "kind" varchar(10) NOT NULL,
  "object_id" integer NOT NULL,
  "object_repr" varchar(255) NOT NULL,
  "reviewer_id" integer NULL,
  "reviewer" varchar(150) NOT NULL,
  "confirmed" datetime NOT NULL,
  "note" varchar(500) NOT NULL,
  "holders" integer NOT NULL
);
CREATE INDEX "auth_access_review_kind_object_id_idx" ON "auth_access_review" ("kind", "object_id", "id");
CREATE INDEX "auth_access_review_confirmed_idx" ON "auth_access_review" ("confirmed");

CREATE TABLE "auth_access_review_holder" (
  "id" integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  "review_id" integer NOT NULL REFERENCES "auth_access_review" ("id") ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  "user_id" integer NOT NULL
);
CREATE UNIQUE INDEX "auth_access_review_holder_review_id_user_id_uniq" ON "auth_access_review_holder" ("review_id", "user_id");
CREATE INDEX "auth_access_review_holder_user_id_idx" ON "auth_access_review_holder" ("user_id");
