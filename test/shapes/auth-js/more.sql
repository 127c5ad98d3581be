CREATE UNIQUE INDEX user_email_lower ON "User" (lower(email));
