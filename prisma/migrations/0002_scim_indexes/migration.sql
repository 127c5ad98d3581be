-- What SCIM needs and a Prisma schema cannot say: indexes over lower(), because userName, displayName and e-mail
-- addresses are compared without regard to case (RFC 7643 4.1.1, 4.1.2, 4.2) and the database does the folding.

-- userName eq, and one account per address whatever its letter case: two parallel POSTs of one person cannot both win.
CREATE UNIQUE INDEX "User_email_lower_key" ON "User" (lower("email"));

-- displayName eq of a group, inside its tenant.
CREATE INDEX "Team_orgId_name_lower_idx" ON "Team" ("orgId", lower("name"));

-- emails.value eq, and emails[value eq "..."].
CREATE INDEX "Email_value_lower_idx" ON "Email" (lower("value"));

-- Only for hosts whose clients ask `co`, `sw` or `ew` of large tenants; each one makes every write dearer:
-- CREATE EXTENSION IF NOT EXISTS pg_trgm;
-- CREATE INDEX "User_email_trgm_idx" ON "User" USING gin ("email" gin_trgm_ops);
