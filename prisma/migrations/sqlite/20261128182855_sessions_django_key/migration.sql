-- The session's key at Django, where both share one: SESSION_ENGINE = 'django.db'. Otherwise null.

ALTER TABLE "auth_session" ADD COLUMN "django_key" varchar(40) NULL;
CREATE UNIQUE INDEX "auth_session_django_key_key" ON "auth_session" ("django_key");
