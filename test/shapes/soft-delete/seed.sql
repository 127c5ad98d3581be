INSERT INTO "Company" (id, name) VALUES (9007199254740993, 'Acme'), (9007199254740995, 'Globex');
INSERT INTO "Employee" (id, "companyId", email, first, last, job, "bossId", enabled, "deletedAt", salary) VALUES
  (9007199254741001, 9007199254740993, 'ada@acme.example', 'Ada', 'Lovelace', 'Countess', NULL, true, NULL, 100.5), (9007199254741002, 9007199254740993, 'grace@acme.example', 'Grace', 'Hopper', NULL, 9007199254741001, false, NULL, NULL),
  -- Gone long ago: not to be seen, and not in the way of a new one.
  (9007199254741003, 9007199254740993, 'alan@acme.example', 'Alan', 'Turing', NULL, 9007199254741001, true, '2025-01-05', NULL),
  (9007199254742001, 9007199254740995, 'katherine@globex.example', 'Katherine', 'Johnson', 'Mathematician', NULL, true, NULL, 200.25), (9007199254742002, 9007199254740995, 'ada@acme.example', 'Adeline', 'Globexson', NULL, 9007199254742001, true, NULL, NULL),
  (9007199254742003, 9007199254740995, 'mary@globex.example', 'Mary', 'Jackson', NULL, NULL, true, '2025-01-05', NULL);
INSERT INTO "Unit" (id, "companyId", name, "deletedAt") VALUES (111, 9007199254740993, 'Engineering', NULL), (112, 9007199254740993, 'Nobody yet', NULL), (113, 9007199254740993, 'Sales', '2025-01-05'), (211, 9007199254740995, 'Engineering', NULL);
INSERT INTO "UnitSeat" ("companyId", "unitId", "employeeId", desk, "leftAt") VALUES
  (9007199254740993, 111, 9007199254741001, 7, NULL), (9007199254740993, 111, 9007199254741002, 8, '2025-06-05'), (9007199254740993, 111, 9007199254741003, 9, NULL), (9007199254740995, 211, 9007199254742001, 3, NULL);
SELECT setval(pg_get_serial_sequence('"Employee"', 'id'), 9007199254750000), setval(pg_get_serial_sequence('"Unit"', 'id'), 1000);
