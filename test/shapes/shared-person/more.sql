CREATE UNIQUE INDEX person_email_lower ON "Person" (lower(email));
