INSERT INTO "Organization" (id, name) VALUES ('acme', 'Acme'), ('globex', 'Globex');
INSERT INTO "User" (id, name, email, "emailVerified", image, "managedById") VALUES
  ('u-ada', 'Ada Lovelace', 'ada@acme.example', '2026-01-05', '/ada.png', 'acme'), ('u-grace', 'Grace Brewster Hopper', 'grace@acme.example', NULL, NULL, 'acme'),
  ('u-katherine', 'Katherine Johnson', 'katherine@globex.example', '2026-01-05', NULL, 'globex'), ('u-dorothy', 'Dorothy Vaughan', 'dorothy@globex.example', NULL, NULL, 'globex'),
  -- Signed in by GitHub, alone, with no e-mail address that she shows.
  ('u-margaret', 'Margaret Hamilton', NULL, NULL, NULL, NULL),
  -- Signed up alone, with an address at acme.
  ('u-barbara', 'Barbara Liskov', 'barbara@acme.example', '2026-01-05', NULL, NULL);
INSERT INTO "Account" ("userId", type, provider, "providerAccountId", access_token) VALUES ('u-ada', 'oauth', 'google', '1', 'token-of-ada'), ('u-margaret', 'oauth', 'github', '2', 'token-of-margaret');
INSERT INTO "Session" ("sessionToken", "userId", expires) VALUES ('session-of-ada', 'u-ada', '2027-01-05');
INSERT INTO "VerificationToken" (identifier, token, expires) VALUES ('ada@acme.example', 'mail-token', '2027-01-05');
INSERT INTO "Seat" (id, "organizationId", "userId", role, "suspendedAt", "createdAt") VALUES
  ('s-ada', 'acme', 'u-ada', 'owner', NULL, '2026-01-05'), ('s-grace', 'acme', 'u-grace', 'member', '2026-01-06', '2026-01-05'),
  ('s-katherine', 'globex', 'u-katherine', 'owner', NULL, '2026-01-05'), ('s-dorothy', 'globex', 'u-dorothy', 'member', NULL, '2026-01-05');
