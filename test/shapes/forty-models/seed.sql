INSERT INTO "Tenant" (id, name, "touchedAt") VALUES ('00000000-0000-7000-8000-00000000000a', 'Acme', '2026-01-05'), ('00000000-0000-7000-8000-00000000000b', 'Globex', '2026-01-05');
INSERT INTO "Setting" ("tenantId", key, value) VALUES ('00000000-0000-7000-8000-00000000000b', 'source', '"directory"'), ('00000000-0000-7000-8000-00000000000a', 'theme', '{"dark": true}');
INSERT INTO "Operator" (id, "tenantId", "loginName", "givenName", "familyName", label, grade, "costCentre", department, number, "lockedAt", "bossId", source, "updatedAt") VALUES
  ('00000000-0000-7000-8000-0000000001a1', '00000000-0000-7000-8000-00000000000a', 'Ada@acme.example', 'Ada', 'Lovelace', 'Countess of Lovelace', 'SENIOR', '100', 'Analytics', 1, NULL, NULL, 'import', '2026-01-05'),
  ('00000000-0000-7000-8000-0000000001a2', '00000000-0000-7000-8000-00000000000a', 'grace@acme.example', '', '', NULL, 'TRAINEE', NULL, NULL, NULL, '2026-01-06', '00000000-0000-7000-8000-0000000001a1', 'import', '2026-01-05'),
  ('00000000-0000-7000-8000-0000000001b1', '00000000-0000-7000-8000-00000000000b', 'Katherine@globex.example', 'Katherine', 'Johnson', 'Orbit of Globex', 'SENIOR', '900', 'Mathematics', 2, NULL, NULL, 'import', '2026-01-05'),
  ('00000000-0000-7000-8000-0000000001b2', '00000000-0000-7000-8000-00000000000b', 'grace@acme.example', 'Gracia', 'Hopperson', NULL, 'REGULAR', NULL, NULL, 3, NULL, '00000000-0000-7000-8000-0000000001b1', 'import', '2026-01-05');
INSERT INTO "RoleGroup" (id, "tenantId", name, "directoryId", source, "updatedAt") VALUES
  ('00000000-0000-7000-8000-0000000002a1', '00000000-0000-7000-8000-00000000000a', 'Engineering', 'okta-engineering', 'import', '2026-01-05'),
  ('00000000-0000-7000-8000-0000000002a2', '00000000-0000-7000-8000-00000000000a', 'Nobody yet', NULL, 'import', '2026-01-05'),
  ('00000000-0000-7000-8000-0000000002b1', '00000000-0000-7000-8000-00000000000b', 'Engineering', 'okta-engineering', 'import', '2026-01-05');
INSERT INTO "RoleGroupMember" ("tenantId", "roleGroupId", "operatorId", grade, "addedAt") VALUES
  ('00000000-0000-7000-8000-00000000000a', '00000000-0000-7000-8000-0000000002a1', '00000000-0000-7000-8000-0000000001a1', 'SENIOR', '2026-01-05'),
  ('00000000-0000-7000-8000-00000000000b', '00000000-0000-7000-8000-0000000002b1', '00000000-0000-7000-8000-0000000001b1', 'SENIOR', '2026-01-05');
INSERT INTO tracking_users (id, "tenantId", email, "userName") VALUES
  ('00000000-0000-7000-8000-0000000003a1', '00000000-0000-7000-8000-00000000000a', 'reader@acme.example', 'reader-of-acme'), ('00000000-0000-7000-8000-0000000003b1', '00000000-0000-7000-8000-00000000000b', 'reader@globex.example', 'reader-of-globex');
INSERT INTO tracking_groups (id, "tenantId", "displayName") VALUES ('00000000-0000-7000-8000-0000000004a1', '00000000-0000-7000-8000-00000000000a', 'Engineering');
INSERT INTO "_GroupToUser" ("A", "B") VALUES ('00000000-0000-7000-8000-0000000004a1', '00000000-0000-7000-8000-0000000003a1');
INSERT INTO "Customer" (id, "tenantId", email, name) VALUES ('00000000-0000-7000-8000-0000000005a1', '00000000-0000-7000-8000-00000000000a', 'buyer@acme.example', 'Buyer');
INSERT INTO "Vehicle" (id, plate, "driverId") VALUES (1, 'AC-1', '00000000-0000-7000-8000-0000000001a1'), (2, 'GX-1', NULL);
INSERT INTO "Session" (id, "operatorId", "userAgent") VALUES ('00000000-0000-7000-8000-0000000006a1', '00000000-0000-7000-8000-0000000001a1', 'browser of Ada');
INSERT INTO "AuditEntry" (id, "operatorId", email, action) VALUES (1, '00000000-0000-7000-8000-0000000001b1', 'katherine@globex.example', 'signed in');
INSERT INTO "Grant" (id, "roleGroupId", permission) VALUES (1, '00000000-0000-7000-8000-0000000002a1', 'trips.read');
INSERT INTO "Subscriber" (id, email) VALUES (1, 'ada@acme.example');
