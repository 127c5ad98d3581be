INSERT INTO "Customer" (id, name) VALUES ('00000000-0000-4000-8000-00000000000a', 'Acme'), ('00000000-0000-4000-8000-00000000000b', 'Globex'),
  -- A customer without a directory: its people are nobody's here.
  ('00000000-0000-4000-8000-00000000000c', 'Initech');
INSERT INTO "User" (id, "customerId", email, "externalId", "isActive", first, last, "displayName", "passwordHash", "privateEmail", mobile, "updatedAt") VALUES
  ('00000000-0000-4000-8000-0000000001a1', '00000000-0000-4000-8000-00000000000a', 'Ada@acme.example', 'okta-ada', true, 'Ada', 'Lovelace', 'Ada L.', 'hash-of-ada', 'ada@home-of-ada.example', '+44 20 7946 0101', '2026-01-05'),
  ('00000000-0000-4000-8000-0000000001a2', '00000000-0000-4000-8000-00000000000a', 'grace@acme.example', NULL, false, 'Grace', 'Hopper', NULL, NULL, NULL, NULL, '2026-01-05'),
  ('00000000-0000-4000-8000-0000000001b1', '00000000-0000-4000-8000-00000000000b', 'Katherine@globex.example', 'entra-katherine', true, 'Katherine', 'Johnson', 'Katherine J.', 'hash-of-katherine', NULL, '+1 757 555 0106', '2026-01-05'),
  -- The same address in both tenants is two accounts.
  ('00000000-0000-4000-8000-0000000001b2', '00000000-0000-4000-8000-00000000000b', 'grace@acme.example', 'entra-grace', true, 'Gracia', 'Hopperson', NULL, NULL, NULL, NULL, '2026-01-05'),
  ('00000000-0000-4000-8000-0000000001c1', '00000000-0000-4000-8000-00000000000c', 'milton@initech.example', 'okta-ada', true, 'Milton', 'Waddams', NULL, NULL, NULL, NULL, '2026-01-05');
INSERT INTO "ApiKey" (id, "userId", hash) VALUES
  ('00000000-0000-4000-8000-0000000003a1', '00000000-0000-4000-8000-0000000001a1', 'key-of-ada'), ('00000000-0000-4000-8000-0000000003b1', '00000000-0000-4000-8000-0000000001b1', 'key-of-katherine');
INSERT INTO "UserGroup" (id, "customerId", label, "externalId") VALUES
  ('00000000-0000-4000-8000-0000000002a1', '00000000-0000-4000-8000-00000000000a', 'Engineering', 'okta-engineering'),
  ('00000000-0000-4000-8000-0000000002a2', '00000000-0000-4000-8000-00000000000a', 'Nobody yet', NULL),
  ('00000000-0000-4000-8000-0000000002b1', '00000000-0000-4000-8000-00000000000b', 'engineering', 'okta-engineering'),
  ('00000000-0000-4000-8000-0000000002c1', '00000000-0000-4000-8000-00000000000c', 'Engineering', NULL);
INSERT INTO "GroupMember" (id, "groupId", "userId") VALUES
  ('00000000-0000-4000-8000-0000000004a1', '00000000-0000-4000-8000-0000000002a1', '00000000-0000-4000-8000-0000000001a1'),
  ('00000000-0000-4000-8000-0000000004a2', '00000000-0000-4000-8000-0000000002a1', '00000000-0000-4000-8000-0000000001a2'),
  ('00000000-0000-4000-8000-0000000004b1', '00000000-0000-4000-8000-0000000002b1', '00000000-0000-4000-8000-0000000001b1'),
  ('00000000-0000-4000-8000-0000000004c1', '00000000-0000-4000-8000-0000000002c1', '00000000-0000-4000-8000-0000000001c1');
