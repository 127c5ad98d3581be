import type { ResourceTypeDefinition } from "./protocol/schema.js";
export declare const userType: ResourceTypeDefinition;
export declare const groupType: ResourceTypeDefinition; export declare const schemas: readonly import("./protocol/schema.js").SchemaDefinition[];
