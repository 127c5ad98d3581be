CREATE UNIQUE INDEX logins_login_lower ON auth.logins (lower(login));
CREATE VIEW hr.employee_cards AS SELECT e.employee_id AS id, l.login, l.given_name AS name FROM hr.employees e JOIN auth.logins l USING (login_id);
CREATE VIEW auth.login_counts AS SELECT account_id, count(*)::int AS logins FROM auth.logins GROUP BY 1;
