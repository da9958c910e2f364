// `npm run build`: for production, whatever NODE_ENV says outside.
import { inProduction } from './dot-env.mjs';
import { ensureGenerated, loadEnvironment, runPackage } from './ensure.mjs';

loadEnvironment();
const env = inProduction(process.env);
const args = ['build', ...process.argv.slice(2)];
if (!ensureGenerated() || !runPackage('next/dist/bin/next', args, { env })) process.exit(1);
