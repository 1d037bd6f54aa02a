/**
 * `npm run build`: builds the campaign into dist (OUT_DIR changes that; CONTENT_DIR takes another
 * campaign).
 */
import { runBuild } from './build/run-build.ts';

await runBuild();
