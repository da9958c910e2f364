-- How often something happened on a day, and what of a kind happened last, without reading the rows.

CREATE INDEX "auth_security_log_event_time_idx" ON "auth_security_log" ("event", "time");
