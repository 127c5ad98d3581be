INSERT INTO "Workspace" (id, slug, plan, "updatedAt") VALUES ('acme', 'acme', 'business', '2026-01-05'), ('globex', 'globex', 'business', '2026-01-05');
INSERT INTO "Person" (id, email, "firstName", "lastName", "avatarUrl", "passwordHash", "updatedAt") VALUES
  ('p-ada', 'Ada@acme.example', 'Ada', 'Lovelace', '/ada.png', 'hash-of-ada', '2026-01-05'),
  ('p-grace', 'grace@acme.example', 'Grace', 'Hopper', NULL, NULL, '2026-01-05'),
  ('p-katherine', 'katherine@globex.example', 'Katherine', 'Johnson', NULL, 'hash-of-katherine', '2026-01-05'),
  ('p-dorothy', 'dorothy@globex.example', 'Dorothy', 'Vaughan', NULL, NULL, '2026-01-05'),
  ('p-barbara', 'barbara@both.example', 'Barbara', 'Liskov', NULL, 'hash-of-barbara', '2026-01-05'),
  -- In no workspace: not to be seen, found or changed by anybody.
  ('p-margaret', 'margaret@home.example', 'Margaret', 'Hamilton', NULL, 'hash-of-margaret', '2026-01-05');
INSERT INTO "Device" (id, "personId", name) VALUES ('d-1', 'p-ada', 'phone of Ada'), ('d-2', 'p-barbara', 'laptop of Barbara');
INSERT INTO "Member" (id, "workspaceId", "personId", role, disabled, "directoryId", "jobTitle", "updatedAt") VALUES
  ('m-ada', 'acme', 'p-ada', 'OWNER', false, 'okta-ada', 'Countess', '2026-01-05'),
  ('m-grace', 'acme', 'p-grace', 'GUEST', true, NULL, NULL, '2026-01-05'),
  ('m-barbara', 'acme', 'p-barbara', 'EDITOR', false, 'okta-barbara', NULL, '2026-01-05'),
  ('m-katherine', 'globex', 'p-katherine', 'OWNER', false, 'entra-katherine', 'Mathematician', '2026-01-05'),
  ('m-dorothy', 'globex', 'p-dorothy', 'EDITOR', false, 'entra-dorothy', NULL, '2026-01-05'),
  ('m-barbara-globex', 'globex', 'p-barbara', 'GUEST', false, 'entra-barbara', 'Advisor', '2026-01-05');
INSERT INTO "Squad" (id, "workspaceId", name, color) VALUES
  ('s-engineering', 'acme', 'Engineering', 'red'), ('s-empty', 'acme', 'Nobody yet', 'grey'), ('s-engineering-globex', 'globex', 'Engineering', 'blue');
INSERT INTO "SquadMember" (id, "squadId", "memberId", role, since) VALUES
  ('sm-1', 's-engineering', 'm-ada', 'OWNER', '2026-01-05'), ('sm-2', 's-engineering', 'm-grace', 'GUEST', '2026-01-05'),
  ('sm-3', 's-engineering-globex', 'm-katherine', 'OWNER', '2026-01-05'), ('sm-4', 's-engineering-globex', 'm-barbara-globex', 'GUEST', '2026-01-05');
INSERT INTO "Document" (id, "workspaceId", "authorId", title) VALUES ('doc-1', 'acme', 'm-ada', 'Plans of acme'), ('doc-2', 'globex', 'm-katherine', 'Plans of globex');
