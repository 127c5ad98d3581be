INSERT INTO "Person" (id, login, "outsideId", "givenName", "familyName", mail, role, "blockedAt", theme) VALUES
  ('00000000-0000-4000-8000-0000000001a1', 'ada@acme.example', 'okta-ada', 'Ada', 'Lovelace', 'ada@mail-of-acme.example', 'ADMIN', NULL, 'dark'), ('00000000-0000-4000-8000-0000000001a2', 'grace@acme.example', NULL, NULL, NULL, NULL, 'EDITOR', '2026-01-06', 'light');
INSERT INTO "Article" (id, "authorId", text) VALUES (1, '00000000-0000-4000-8000-0000000001a1', 'Notes on the engine');
INSERT INTO "Robot" (id, login, role) VALUES (1, 'ada@acme.example', 'ADMIN');
