INSERT INTO "Firm" (key) VALUES ('acme'), ('globex');
INSERT INTO "Staff" (id, "firmKey", handle, "fullName", enabled, birthday) VALUES
  ('st-ada', 'acme', 'ada@acme.example', 'Ada Lovelace', true, '1815-12-10'), ('st-grace', 'acme', 'grace@acme.example', 'Grace Brewster Murray Hopper', false, NULL),
  ('st-katherine', 'globex', 'katherine@globex.example', 'Katherine Johnson', true, '1918-08-26'), ('st-dorothy', 'globex', 'dorothy@globex.example', 'Dorothy Vaughan', true, NULL);
INSERT INTO "MailAddress" (id, "staffId", address, kind, preferred, "verifiedAt", bounced) VALUES
  (1, 'st-ada', 'ada@mail-of-acme.example', 'work', true, '2026-01-05', 2), (2, 'st-ada', 'ada@home-of-ada.example', 'home', false, NULL, 0),
  (3, 'st-katherine', 'katherine@mail-of-globex.example', 'work', true, '2026-01-05', 5), (4, 'st-dorothy', 'dorothy@mail-of-globex.example', 'work', true, NULL, 0);
INSERT INTO "Telephone" (id, "staffId", digits, kind, note) VALUES (1, 'st-ada', '+44 20 7946 0101', 'WORK', 'front desk'), (2, 'st-ada', '+44 7700 900101', NULL, NULL), (3, 'st-katherine', '+1 757 555 0106', 'WORK', 'lab');
INSERT INTO "Crew" (id, "firmKey", name) VALUES ('c-engineering', 'acme', 'Engineering'), ('c-empty', 'acme', 'Nobody yet'), ('c-engineering-globex', 'globex', 'Engineering');
INSERT INTO "CrewMember" ("crewId", "staffId") VALUES ('c-engineering', 'st-ada'), ('c-engineering', 'st-grace'), ('c-engineering-globex', 'st-katherine');
INSERT INTO "Visitor" (id, "firmKey", mail) VALUES (1, 'acme', 'ada@acme.example'), (2, 'globex', 'katherine@globex.example');
SELECT setval(pg_get_serial_sequence('"MailAddress"', 'id'), 1000), setval(pg_get_serial_sequence('"Telephone"', 'id'), 1000);
