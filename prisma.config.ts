import { defineConfig } from 'prisma/config';

// `prisma generate` needs no schema engine, yet the CLI would download one from a host that closed networks do
// not reach. Any existing program in its place stops that.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;

// Of prisma/schema.prisma and prisma/schema/<app>.prisma: scripts/generate.ts puts them together.
export default defineConfig({ schema: 'lib/generated/postgresql.prisma' });
