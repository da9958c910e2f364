-- How many have to wait at the moment.

CREATE INDEX "auth_throttle_blocked_until_idx" ON "auth_throttle" ("blocked_until");
