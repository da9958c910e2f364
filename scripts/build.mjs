// `npm run build`: for production, whatever NODE_ENV says outside.
import { inProduction } from './dot-env.mjs';
import { ensureGenerated, loadEnvironment, runBuild } from './ensure.mjs';

loadEnvironment();
const env = inProduction(process.env);
if (!ensureGenerated() || !runBuild(process.argv.slice(2), env)) process.exit(1);
