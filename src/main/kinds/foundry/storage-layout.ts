import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { LayoutOrProblem, StorageLayout } from '../../eth/artifact.ts';
import { readLayout } from '../../eth/artifact-schemas.ts';
import { parsedJson } from '../../lib/parsed-json.ts';
import type { ProjectFiles } from '../../lib/project-files.ts';
import { type JsCompiler, projectCompilers, shippedCompiler } from './js-compilers.ts';
import { type NativeCompiler, nativeCompilers } from './native-compilers.ts';

/** A contract as it was compiled. */
export interface CompiledInput {
  source: string;
  name: string;
  /** With or without its commit. */
  version: string;
  /** Texts by the names that the compiler knows; null: it isn't there as it was compiled. */
  sources: ReadonlyMap<string, string | null>;
  remappings: unknown;
  evmVersion: unknown;
}

const SETTING = 'extra_output = ["storageLayout"] in foundry.toml';
/** One with all that it depends on; beside it there is nothing to generate. */
const MOST_MS = 50_000;
const MOST_OUTPUT = 64 * 1024 * 1024;

/** @param why in the middle of a sentence */
export const unknownLayout = (name: string, why: string): LayoutOrProblem => ({
  problem: `How ${name} lays out its storage isn't known: its build has not kept that, and ${why}. Set ${SETTING}, and build again.`,
});

/**
 * Has the compiler tell how a contract lays out its storage, from the sources that it was compiled
 * from. Runs compilers of the project: for one whose code may run.
 */
export async function compiledLayout(
  files: ProjectFiles,
  { source, name, version, sources, remappings, evmVersion }: CompiledInput,
): Promise<LayoutOrProblem> {
  const changed = [...sources].find(([, text]) => text === null)?.[0];
  if (changed !== undefined) {
    return unknownLayout(name, `${changed} has changed since, or is not there any more`);
  }
  const compiler = compilerFor(version.split('+')[0] ?? version, files);
  if (!compiler) return unknownLayout(name, `solc ${version} is not on this machine`);
  const input = JSON.stringify({
    language: 'Solidity',
    sources: Object.fromEntries([...sources].map(([path, content]) => [path, { content }])),
    settings: {
      ...(Array.isArray(remappings) ? { remappings } : {}),
      ...(typeof evmVersion === 'string' ? { evmVersion } : {}),
      outputSelection: { [source]: { [name]: ['storageLayout'] } },
    },
  });
  try {
    const output = parsedJson(await compile(compiler, input)) as Output | undefined;
    const layout = readLayout(output?.contracts?.[source]?.[name]?.storageLayout);
    if (layout) return { layout };
    const [error] = (output?.errors ?? []).filter(({ severity }) => severity === 'error');
    return unknownLayout(
      name,
      `solc ${compiler.version} does not compile it: ${error?.message ?? 'no output'}`,
    );
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'it failed';
    return unknownLayout(name, `solc ${compiler.version} did not tell it: ${reason}`);
  }
}

interface Output {
  contracts?: Record<string, Record<string, { storageLayout?: StorageLayout }>>;
  errors?: { severity?: string; message?: string }[];
}

type Compiler = NativeCompiler | JsCompiler;

/** The same one, else the newest of its minor version, of which all lay out storage alike. */
function compilerFor(version: string, files: ProjectFiles): Compiler | undefined {
  const shipped = shippedCompiler();
  const all: Compiler[] = [
    ...nativeCompilers(),
    ...projectCompilers(files),
    ...(shipped ? [shipped] : []),
  ];
  const minor = version.split('.').slice(0, 2).join('.');
  return (
    all.find((one) => one.version === version) ??
    all.find((one) => one.version.startsWith(`${minor}.`))
  );
}

async function compile(compiler: Compiler, input: string): Promise<string> {
  if (compiler.from !== 'installed') {
    const solc = createRequire(import.meta.url)(compiler.folder) as {
      compile(input: string): string;
      compileStandardWrapper?(input: string): string;
    };
    return solc.compileStandardWrapper ? solc.compileStandardWrapper(input) : solc.compile(input);
  }
  const exe = process.platform === 'win32' ? '.exe' : '';
  const program = path.join(compiler.folder, `solc-${compiler.version}${exe}`);
  return new Promise((resolve, reject) => {
    const child = spawn(program, ['--standard-json'], {
      stdio: ['pipe', 'pipe', 'ignore'],
      signal: AbortSignal.timeout(MOST_MS),
    });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (piece: string) => {
      output += piece;
      if (output.length > MOST_OUTPUT) child.kill('SIGKILL');
    });
    child.on('error', reject).on('close', () => resolve(output));
    child.stdin.on('error', () => undefined).end(input);
  });
}
