/** Requests to copy into a shell, each complete in its line. */
import { acmeToken, globexToken, memberships, teams } from "../seed.js";

export function tryLines(baseUrl: string): readonly string[] {
  const curl = (token: string, rest: string): string => `curl -s -H 'authorization: Bearer ${token}' ${rest}`;
  const send = (token: string, method: string, path: string, body: object): string =>
    curl(token, `-H 'content-type: application/scim+json' -X ${method} '${baseUrl}${path}' -d '${JSON.stringify(body)}'`);
  return [
    `Two tenants by their tokens: ${acmeToken} and ${globexToken}. To try:`,
    "",
    "# a page of users",
    curl(acmeToken, `'${baseUrl}/Users?count=2'`),
    "# one by name, whatever its letter case",
    curl(acmeToken, `-G '${baseUrl}/Users' --data-urlencode 'filter=userName eq "ADA@acme.example"'`),
    "# a new one",
    send(acmeToken, "POST", "/Users", {
      schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"],
      userName: "ann@acme.example",
      name: { givenName: "Ann", familyName: "Lee" },
      emails: [{ type: "work", value: "ann@acme.example", primary: true }],
    }),
    "# deactivated as Entra ID says it; Grace is suspended and stays readable",
    send(acmeToken, "PATCH", `/Users/${memberships.grace}`, { Operations: [{ op: "Replace", path: "active", value: "False" }] }),
    "# a member more; asked for attributes, the group answers with them",
    send(acmeToken, "PATCH", `/Groups/${teams.engineering}?attributes=displayName,members`, { Operations: [{ op: "add", path: "members", value: [{ value: memberships.edsger }] }] }),
    "# the other tenant sees nothing of it: 404",
    curl(globexToken, `'${baseUrl}/Groups/${teams.engineering}'`),
  ];
}
