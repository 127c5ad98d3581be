/** The product's one database client. It connects when it is first asked something. */
import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "./db/client.js";

export const prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: process.env["DATABASE_URL"] }) });
