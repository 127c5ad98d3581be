INSERT INTO "Org" (id, name) VALUES (1, 'Acme'), (2, 'Globex');
INSERT INTO "User" (id, "orgId", email, nick) VALUES (11, 1, 'ada@acme.example', 'the Countess'), (12, 1, 'grace@acme.example', NULL), (21, 2, 'katherine@globex.example', 'Orbit'), (22, 2, 'dorothy@globex.example', NULL);
INSERT INTO "Team" (id, "orgId", name) VALUES ('team-acme-1', 1, 'Engineering'), ('team-acme-2', 1, 'Nobody yet'), ('team-globex-1', 2, 'Engineering');
INSERT INTO "_TeamToUser" ("A", "B") VALUES ('team-acme-1', 11), ('team-acme-1', 12), ('team-globex-1', 21);
INSERT INTO "Skill" (id, code) VALUES (1, 'reader'), (2, 'writer'), (3, 'approver');
INSERT INTO "_SkillToUser" ("A", "B") VALUES (1, 11), (3, 21);
INSERT INTO "Project" (id, name) VALUES (1, 'Bridge of acme'), (2, 'Rocket of globex');
INSERT INTO "_ProjectToUser" ("A", "B") VALUES (1, 11), (2, 21);
SELECT setval(pg_get_serial_sequence('"User"', 'id'), 1000);
