import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

const MOST_ARTIFACTS = 5000;

/**
 * Names creation code by the artifact in `outFolder` whose bytecode it begins with; null for code
 * that no artifact knows. Reads the artifacts once, when first asked.
 */
export function artifactNames(outFolder: string): (initCode: string) => Promise<string | null> {
  let artifacts: Promise<{ name: string; matches: (code: string) => boolean }[]> | undefined;
  return async (initCode) => {
    artifacts ??= readArtifacts(outFolder);
    return (await artifacts).find((one) => one.matches(initCode))?.name ?? null;
  };
}

async function readArtifacts(outFolder: string) {
  const files = (await readdir(outFolder, { recursive: true }).catch(() => []))
    .filter((file) => file.endsWith('.json') && !file.startsWith('build-info'))
    .sort()
    .slice(0, MOST_ARTIFACTS);
  const found = [];
  for (const file of files) {
    const code = bytecodeOf(await readFile(path.join(outFolder, file), 'utf8').catch(() => ''));
    if (code) found.push({ name: path.basename(file, '.json').split('.')[0] ?? file, code });
  }
  // The longest first: a short contract may be the beginning of another.
  return found
    .sort((a, b) => b.code.length - a.code.length)
    .map(({ name, code }) => ({ name, matches: (init: string) => beginsWith(init, code) }));
}

function bytecodeOf(text: string): string | undefined {
  try {
    const code = (JSON.parse(text) as { bytecode?: { object?: string } }).bytecode?.object;
    return code && code.length > 2 ? code : undefined;
  } catch {
    return undefined;
  }
}

/** Addresses of linked libraries stand as `__$…$__` in artifacts. */
function beginsWith(init: string, code: string): boolean {
  if (!code.includes('_')) return init.startsWith(code);
  if (init.length < code.length) return false;
  let at = 0;
  for (const part of code.split(/(__\$[0-9a-f]{34}\$__|__.{36}__)/)) {
    if (!part.startsWith('__') && !init.startsWith(part, at)) return false;
    at += part.length;
  }
  return true;
}
