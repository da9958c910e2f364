-- Of those that came from allauth, whose handle is the id of a user, it is not known: each says so when it signs in alone.
ALTER TABLE "auth_passkey" ADD COLUMN "passwordless" bool NOT NULL DEFAULT 1;
UPDATE "auth_passkey" SET "passwordless" = 0
WHERE "user_id" IN (SELECT "user_id" FROM "auth_passkey_handle" WHERE length("handle") < 86);
