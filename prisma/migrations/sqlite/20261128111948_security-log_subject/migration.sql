-- As whom somebody acted: empty for everybody who acts in person.

ALTER TABLE "auth_security_log" ADD COLUMN "subject_id" integer NULL;
ALTER TABLE "auth_security_log" ADD COLUMN "subject_username" varchar(150) NOT NULL DEFAULT '';
