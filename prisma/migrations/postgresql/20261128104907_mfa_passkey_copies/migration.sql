-- A counter of 32 bits without a sign does not fit an integer.
ALTER TABLE "auth_passkey" ALTER COLUMN "sign_count" TYPE bigint;
ALTER TABLE "auth_passkey" ADD COLUMN "copy_seen" timestamp with time zone;
