INSERT INTO "Company" (id, name) VALUES (1, 'Acme'), (2, 'Globex');
INSERT INTO "Department" (id, "companyId", name) VALUES (11, 1, 'Analytics'), (12, 1, 'Unassigned'), (13, 1, 'Roads'), (21, 2, 'Mathematics'), (22, 2, 'Unassigned'), (23, 2, 'Roads');
INSERT INTO "CostCentre" (id, "companyId", code, note) VALUES (11, 1, 'C-1', 'old'), (21, 2, 'C-1', 'old too');
INSERT INTO "Topic" (id, "companyId", code) VALUES (11, 1, 'nick'), (12, 1, 'shoe'), (21, 2, 'nick');
INSERT INTO "Person" (id, "departmentId", "costCentreId", kind, login, first, last) VALUES
  (101, 11, 11, 'EMPLOYEE', 'ada@acme.example', 'Ada', 'Lovelace'), (102, 12, NULL, 'EMPLOYEE', 'grace@acme.example', 'Grace', 'Hopper'),
  -- Not to be seen, found or changed.
  (103, 11, 11, 'CONTRACTOR', 'alan@contractor.example', 'Alan', 'Turing'),
  (201, 21, 21, 'EMPLOYEE', 'katherine@globex.example', 'Katherine', 'Johnson'), (202, 22, NULL, 'EMPLOYEE', 'dorothy@globex.example', 'Dorothy', 'Vaughan'), (203, 21, NULL, 'CONTRACTOR', 'mary@contractor.example', 'Mary', 'Jackson');
INSERT INTO "Fact" (id, "topicId", "personId", text) VALUES (1, 11, 101, 'the Countess'), (2, 12, 101, '38'), (3, 21, 201, 'Orbit of Globex'), (4, 11, 103, 'Prof');
INSERT INTO "Locker" (id, "personId", number) VALUES (1, 101, 1), (2, 201, 2);
INSERT INTO "Team" (id, "companyId", name) VALUES (111, 1, 'Engineering'), (112, 1, 'Nobody yet'), (211, 2, 'Engineering');
INSERT INTO "TeamPerson" ("teamId", "personId") VALUES (111, 101), (111, 103), (211, 201);
SELECT setval(pg_get_serial_sequence('"' || name || '"', 'id'), n * 1000) FROM unnest(ARRAY['Person', 'Fact', 'Locker', 'Team', 'CostCentre', 'Department']) WITH ORDINALITY AS of (name, n);
