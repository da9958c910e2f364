-- Any integer of SQLite's holds a counter of 32 bits without a sign.
ALTER TABLE "auth_passkey" ADD COLUMN "copy_seen" datetime;
