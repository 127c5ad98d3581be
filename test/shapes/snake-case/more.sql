CREATE UNIQUE INDEX users_company_login_lower ON app_users (fk_company, lower(login));
