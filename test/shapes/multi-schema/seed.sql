INSERT INTO accounts (account_id, label) VALUES (1, 'Acme'), (2, 'Globex');
INSERT INTO auth.logins (login_id, login, given_name, family_name, password_hash, account_id) VALUES
  (101, 'ada@acme.example', 'Ada', 'Lovelace', 'hash-of-ada', 1), (102, 'grace@acme.example', NULL, NULL, NULL, 1),
  (201, 'katherine@globex.example', 'Katherine', 'Johnson', 'hash-of-katherine', 2), (202, 'dorothy@globex.example', 'Dorothy', 'Vaughan', NULL, 2),
  -- The product's own operators, employed by nobody.
  (901, 'root@product.example', 'Root', NULL, 'hash-of-root', NULL);
INSERT INTO hr.employees (employee_id, account_id, login_id, staff_no, position, state) VALUES
  (11, 1, 101, '1', 'Countess', 'active'), (12, 1, 102, NULL, NULL, 'left'), (21, 2, 201, '2', 'Mathematician', 'active'), (22, 2, 202, NULL, NULL, 'active');
INSERT INTO hr.groups (id, account_id, title) VALUES (111, 1, 'Engineering'), (112, 1, 'Nobody yet'), (211, 2, 'Engineering');
INSERT INTO hr.group_members (group_id, employee_id) VALUES (111, 11), (111, 12), (211, 21);
SELECT setval(pg_get_serial_sequence('auth.logins', 'login_id'), 1000), setval(pg_get_serial_sequence('hr.employees', 'employee_id'), 1000), setval(pg_get_serial_sequence('hr.groups', 'id'), 5000);
