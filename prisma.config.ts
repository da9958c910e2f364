import { defineConfig } from 'prisma/config';

// `prisma generate` needs no schema engine, yet the CLI would download one from a host that closed networks do
// not reach. Any existing program in its place stops that.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;

export default defineConfig({ schema: 'prisma/schema.prisma' });
