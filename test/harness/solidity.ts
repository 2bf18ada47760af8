import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Abi } from 'viem';
import { entriesOf } from '#main/eth/inside/entries.ts';
import { SourceMap } from '#main/eth/inside/source-map.ts';
import { SourceText } from '#main/eth/inside/source-text.ts';
import { SourcedCode } from '#main/eth/inside/sourced-code.ts';
import { appRoot } from '#main/lib/app-root.ts';
import { RUN_FOLDER } from '../../build/lib/test-run.mjs';
import { once } from './docker-run.ts';

interface CompiledCode {
  object: string;
  sourceMap: string;
}

/** What the compiler says of a contract. Code is hex without 0x, with placeholders for libraries. */
export interface Solidity {
  name: string;
  /** Path of its source. */
  file: string;
  /** All sources that were compiled together, by their ids. */
  sources: ReadonlyMap<number, SourceText>;
  abi: Abi;
  creation: CompiledCode;
  runtime: CompiledCode;
  storageLayout: unknown;
  /** Of its creation and of what it becomes. */
  sourced: { creation: SourcedCode; runtime: SourcedCode };
}

export const builds = {
  'not optimised': { optimizer: { enabled: false } },
  optimised: { optimizer: { enabled: true, runs: 200 } },
  'optimised by way of Yul': { optimizer: { enabled: true, runs: 200 }, viaIR: true },
};

const root = appRoot();

interface Output {
  errors?: { severity: string; formattedMessage: string }[];
  sources: Record<string, { id: number }>;
  contracts: Record<
    string,
    Record<
      string,
      {
        abi: Abi;
        evm: { bytecode: CompiledCode; deployedBytecode: CompiledCode };
        storageLayout: unknown;
      }
    >
  >;
}

/** What came of a compile, and the sources that it has read by their names. */
interface Compiled {
  output: Output;
  texts: Record<string, string>;
}

/**
 * A file of `test/fixtures/inside`, compiled with what it imports from packages; once for each run
 * and settings.
 */
export async function compileSolidity(
  file: string,
  settings: object = builds.optimised,
): Promise<Map<string, Solidity>> {
  const run = process.env[RUN_FOLDER];
  if (!run) throw new Error('not started by the test runner');
  const build = createHash('sha256')
    .update(`${file} ${JSON.stringify(settings)}`)
    .digest('hex');
  const compiled = await once(run, `solidity-${build}`, async () => compile(file, settings));
  return contractsOf(compiled, settings);
}

function compile(file: string, settings: object): Compiled {
  const solc = createRequire(import.meta.url)('solc') as {
    compile(input: string, callbacks: object): string;
  };
  const texts: Record<string, string> = {};
  const read = (name: string): string => {
    const found = name.startsWith('@') ? `node_modules/${name}` : `test/fixtures/inside/${name}`;
    const text = readFileSync(path.join(root, found), 'utf8');
    texts[name] = text;
    return text;
  };
  const wanted = ['abi', 'evm.bytecode', 'evm.deployedBytecode', 'storageLayout'];
  const input = {
    language: 'Solidity',
    sources: { [file]: { content: read(file) } },
    settings: { ...settings, outputSelection: { '*': { '*': wanted } } },
  };
  const output: Output = JSON.parse(
    solc.compile(JSON.stringify(input), { import: (name: string) => ({ contents: read(name) }) }),
  );
  const error = output.errors?.find(({ severity }) => severity === 'error');
  if (error) throw new Error(error.formattedMessage);
  return { output, texts };
}

function contractsOf({ output, texts }: Compiled, settings: object): Map<string, Solidity> {
  const sources = new Map(
    Object.entries(output.sources).map(([name, { id }]) => [
      id,
      new SourceText(name, texts[name] ?? ''),
    ]),
  );
  const sourcedOf = (code: CompiledCode, entries: ReadonlyMap<string, string> | null) =>
    new SourcedCode(new SourceMap(code.object, code.sourceMap), sources, {
      ...{ viaIr: 'viaIR' in settings, entries },
    });
  const found = new Map<string, Solidity>();
  for (const [file, contracts] of Object.entries(output.contracts)) {
    for (const [name, { abi, evm, storageLayout }] of Object.entries(contracts)) {
      const [creation, runtime] = [evm.bytecode, evm.deployedBytecode];
      const sourced = {
        creation: sourcedOf(creation, null),
        runtime: sourcedOf(runtime, entriesOf(abi)),
      };
      const code = { abi, creation, runtime, storageLayout, sourced };
      found.set(name, { name, file, sources, ...code });
    }
  }
  return found;
}
