INSERT INTO "Space" (id) VALUES ('acme'), ('globex');
INSERT INTO "Member" (id, "spaceId", handle, mails, phones, rights, labels, profile, archived, "updatedAt") VALUES
  ('m-ada', 'acme', 'ada@acme.example', '[{"value": "ada@mail-of-acme.example", "type": "work", "primary": true}, {"value": "ada@home-of-ada.example", "type": "home"}]', '[{"number": "+44 20 7946 0101", "kind": "work", "note": "front desk"}]', '{read,write}', '{vip}', '{"nick": "the Countess", "language": "en", "theme": {"dark": true}}', false, '2026-01-05'),
  ('m-grace', 'acme', 'grace@acme.example', '[]', NULL, '{}', '{}', NULL, true, '2026-01-05'),
  ('m-katherine', 'globex', 'katherine@globex.example', '[{"value": "katherine@mail-of-globex.example", "type": "work"}]', NULL, '{orbit}', '{vip}', '{"nick": "Orbit of Globex", "secret": "globex only"}', false, '2026-01-05'),
  ('m-dorothy', 'globex', 'dorothy@globex.example', '[]', NULL, '{}', '{}', NULL, false, '2026-01-05');
INSERT INTO "Widget" (id, "spaceId", settings) VALUES (1, 'acme', '{"owner": "ada@acme.example"}'), (2, 'globex', '{}');
