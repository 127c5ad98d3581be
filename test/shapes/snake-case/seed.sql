INSERT INTO companies (company_id, legal_name, updated_at) VALUES (1, 'Acme', '2026-01-05'), (2, 'Globex', '2026-01-05');
INSERT INTO app_users (user_id, fk_company, login, email_address, first_name, last_name, job_position, status, seat_no, sso_subject, updated_at) VALUES
  (11, 1, 'ada@acme.example', 'ada@mail-of-acme.example', 'Ada', 'Lovelace', 'Countess', 'E', 4, 'okta-ada', '2026-01-05'),
  (12, 1, 'grace@acme.example', NULL, NULL, NULL, NULL, 'L', NULL, NULL, '2026-01-05'),
  (21, 2, 'katherine@globex.example', 'katherine@mail-of-globex.example', 'Katherine', 'Johnson', 'Mathematician', 'E', 7, 'entra-katherine', '2026-01-05'),
  (22, 2, 'ada@acme.example', NULL, 'Adeline', 'Globexson', NULL, 'B', NULL, NULL, '2026-01-05');
INSERT INTO teams (id, company_id, team_title) VALUES (111, 1, 'Engineering'), (112, 1, 'Nobody yet'), (211, 2, 'Engineering');
INSERT INTO teams_users (team_id, user_id, is_lead) VALUES (111, 11, true), (111, 12, false), (211, 21, true);
INSERT INTO invoices (id, user_id, cents) VALUES (1, 11, 1900), (2, 21, 2900), (3, NULL, 3900);
SELECT setval(pg_get_serial_sequence('app_users', 'user_id'), 1000), setval(pg_get_serial_sequence('teams', 'id'), 5000);
