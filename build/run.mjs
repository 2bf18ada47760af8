// Runs a script, or a tool of node_modules by name, on the Node that Drydock needs.
// Usage: node build/run.mjs <script.js | tool> [arguments]
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './lib/child.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { inProject, launch, SetupError } from './lib/project.mjs';
import { ensureRuntime } from './lib/runtime.mjs';

/** @param {string} name */
function script(name) {
  if (existsSync(name)) return name;
  const folder = inProject('node_modules', name);
  const manifest = join(folder, 'package.json');
  if (!existsSync(manifest)) throw new SetupError(`There is no script or tool named ${name}.`);
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8'));
  return join(folder, typeof bin === 'string' ? bin : bin[name]);
}

await launch(async () => {
  const [name, ...args] = process.argv.slice(2);
  if (!name) throw new SetupError('Usage: node build/run.mjs <script.js | tool> [arguments]');
  const runtime = await ensureRuntime();
  await ensureInstalled(runtime);
  return run(runtime.node, [script(name), ...args], { env: runtime.env });
});
