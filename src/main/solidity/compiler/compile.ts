import { spawn } from 'node:child_process';
import path from 'node:path';
import { parsedJson } from '../../lib/parsed-json.ts';
import type { ProjectFiles } from '../../lib/project-files.ts';
import { requireOutside } from '../../lib/shipped-node.ts';
import { messageOf } from '../../shared/errors.ts';
import { type JsCompiler, projectCompilers, shippedCompiler } from './js-compilers.ts';
import { type NativeCompiler, nativeCompilers } from './native-compilers.ts';

export type Compiler = NativeCompiler | JsCompiler | CompilerFile;

/** A compiler that is one file, as its publisher gives it out. */
export interface CompilerFile {
  version: string;
  /** Absolute. */
  file: string;
  /** A program of this platform, or a `soljson.js`, which what comes with Drydock drives. */
  from: 'program' | 'soljson';
}

/** https://docs.soliditylang.org/en/latest/using-the-compiler.html#input-description */
export interface StandardInput {
  language: string;
  sources: Record<string, { content: string }>;
  settings: Record<string, unknown>;
}

const PLAIN = ['remappings', 'evmVersion'];

/** Without the settings on which no layout and no tree depends: they only take time. */
export const plainInput = (
  { settings, ...input }: StandardInput,
  outputSelection: object,
): StandardInput => ({
  ...input,
  settings: {
    ...Object.fromEntries(Object.entries(settings).filter(([key]) => PLAIN.includes(key))),
    outputSelection,
  },
});

/** https://docs.soliditylang.org/en/latest/using-the-compiler.html#output-description, in part. */
export interface StandardOutput {
  contracts?: Record<string, Record<string, CompiledOutput>>;
  sources?: Record<string, { id?: number; ast?: unknown }>;
}

export interface CompiledOutput {
  storageLayout?: unknown;
  metadata?: string;
  evm?: { bytecode?: { object?: string }; deployedBytecode?: { object?: string } };
}

/** `problem`: in the middle of a sentence. */
export type CompiledOrProblem = { output: StandardOutput; compiler: string } | { problem: string };

/** Some projects take minutes, more so on a machine that does other things. */
export const MOST_COMPILE_MS = 300_000;
const MOST_OUTPUT = 64 * 1024 * 1024;

/**
 * All that are on this machine: installed ones, those of a project, and the one that Drydock brings.
 *
 * @param downloaded by the tool of the project, the best first
 */
export function compilersAtHand(
  files?: ProjectFiles,
  downloaded: readonly Compiler[] = [],
): Compiler[] {
  const shipped = shippedCompiler();
  const own = files ? projectCompilers(files) : [];
  return [...nativeCompilers(), ...downloaded, ...own, ...(shipped ? [shipped] : [])];
}

/**
 * Runs a compiler of this machine on an input. May run compilers that the project brings: for one
 * whose code may run.
 *
 * @param version with or without its commit
 * @param exact the same version; else the newest of the same minor one will do
 */
export async function compile(
  compilers: readonly Compiler[],
  version: string,
  input: StandardInput,
  { exact }: { exact: boolean },
): Promise<CompiledOrProblem> {
  const compiler = compilerFor(version.split('+')[0] ?? version, compilers, exact);
  if (!compiler) return { problem: `solc ${version} is not on this machine` };
  try {
    const output = parsedJson(await run(compiler, JSON.stringify(input))) as Output | undefined;
    const [error] = (output?.errors ?? []).filter(({ severity }) => severity === 'error');
    if (output && !error) return { output, compiler: compiler.version };
    const reason = error?.message ?? 'no output';
    return { problem: `solc ${compiler.version} does not compile it: ${reason}` };
  } catch (error) {
    return { problem: `solc ${compiler.version} failed: ${messageOf(error)}` };
  }
}

type Output = StandardOutput & { errors?: { severity?: string; message?: string }[] };

function compilerFor(
  version: string,
  compilers: readonly Compiler[],
  exact: boolean,
): Compiler | undefined {
  const minor = version.split('.').slice(0, 2).join('.');
  const same = compilers.find((one) => one.version === version);
  return same ?? (exact ? undefined : compilers.find((one) => one.version.startsWith(`${minor}.`)));
}

async function run(compiler: Compiler, input: string): Promise<string> {
  if (compiler.from === 'program') return runProgram(compiler.file, input);
  if (compiler.from === 'installed') {
    const exe = process.platform === 'win32' ? '.exe' : '';
    return runProgram(path.join(compiler.folder, `solc-${compiler.version}${exe}`), input);
  }
  const load = requireOutside(import.meta.url);
  const solc = (
    'file' in compiler ? load('solc/wrapper')(load(compiler.file)) : load(compiler.folder)
  ) as Solc;
  return solc.compileStandardWrapper ? solc.compileStandardWrapper(input) : solc.compile(input);
}

/** https://github.com/ethereum/solc-js */
interface Solc {
  compile(input: string): string;
  compileStandardWrapper?(input: string): string;
}

function runProgram(program: string, input: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, ['--standard-json'], {
      stdio: ['pipe', 'pipe', 'ignore'],
      signal: AbortSignal.timeout(MOST_COMPILE_MS),
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
