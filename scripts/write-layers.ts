import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { biomeLayers } from './lint/biome-rules';

writeFileSync(join(import.meta.dirname, '../biome.layers.json'), biomeLayers());
