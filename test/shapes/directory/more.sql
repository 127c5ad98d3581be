CREATE UNIQUE INDEX person_login_lower ON "Person" (lower(login));
