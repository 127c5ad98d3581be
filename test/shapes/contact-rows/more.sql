CREATE UNIQUE INDEX staff_handle_lower ON "Staff" ("firmKey", lower(handle));
