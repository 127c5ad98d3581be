CREATE UNIQUE INDEX employee_email_live ON "Employee" ("companyId", lower(email)) WHERE "deletedAt" IS NULL;
