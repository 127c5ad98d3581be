/** Every file that lands in `generated/`, in one table: its path, its template, and what it is printed from. */
import type { Provider } from "../provider.js";
import { discoveryView } from "./discovery-view.js";
import type { Block } from "./kinds/kind.js";
import { indexView } from "./index-view.js";
import { readmeView } from "./readme-view.js";
import { resourceView } from "./resource-view.js";
import { valueGroupView } from "./value-group-view.js";

export interface Output {
  readonly path: string;
  readonly template: string;
  readonly view: object;
  /** Lists of declarations in the view, that are printed first. */
  readonly declarations?: Readonly<Record<string, readonly Block[]>>;
}

export function outputs(provider: Provider): readonly Output[] {
  return [
    { path: "index.ts", template: "index.ts.hbs", view: indexView(provider) },
    { path: "discovery.ts", template: "discovery.ts.hbs", view: discoveryView(provider) },
    ...provider.resources.map((resource) => {
      const view = resourceView(resource, provider.tenant);
      return { path: `${resource.file}.ts`, template: "resource.ts.hbs", view, declarations: { selects: view.selects, blocks: view.blocks } };
    }),
    ...(provider.valueGroups === undefined ? [] : [{ path: `${provider.valueGroups.file}.ts`, template: "value-group.ts.hbs", view: valueGroupView(provider.valueGroups, provider.tenant) }]),
    { path: "README.md", template: "README.md.hbs", view: readmeView(provider) },
  ];
}
