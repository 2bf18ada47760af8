import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Abi } from 'viem';
import { SourceMap } from '#main/eth/inside/source-map.ts';
import { SourceText } from '#main/eth/inside/source-text.ts';
import { SourcedCode } from '#main/eth/inside/sourced-code.ts';
import { appRoot } from '#main/lib/app-root.ts';

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

/** Compiles a file of `test/fixtures/inside` with what it imports from packages. */
export function compileSolidity(
  file: string,
  settings: object = builds.optimised,
): Map<string, Solidity> {
  const { compile } = createRequire(import.meta.url)('solc') as {
    compile(input: string, callbacks: object): string;
  };
  const texts = new Map<string, string>();
  const read = (name: string): string => {
    const found = name.startsWith('@') ? `node_modules/${name}` : `test/fixtures/inside/${name}`;
    const text = readFileSync(path.join(root, found), 'utf8');
    texts.set(name, text);
    return text;
  };
  const wanted = ['abi', 'evm.bytecode', 'evm.deployedBytecode', 'storageLayout'];
  const input = {
    language: 'Solidity',
    sources: { [file]: { content: read(file) } },
    settings: { ...settings, outputSelection: { '*': { '*': wanted } } },
  };
  const output = JSON.parse(
    compile(JSON.stringify(input), { import: (name: string) => ({ contents: read(name) }) }),
  );
  const errors = (output.errors ?? []).filter(
    (one: { severity: string }) => one.severity === 'error',
  );
  if (errors.length > 0) throw new Error(errors[0].formattedMessage);
  const sources = new Map(
    Object.entries<{ id: number }>(output.sources).map(([name, { id }]) => [
      id,
      new SourceText(name, texts.get(name) ?? ''),
    ]),
  );
  const sourcedOf = (code: CompiledCode) =>
    new SourcedCode(new SourceMap(code.object, code.sourceMap), sources, {
      viaIr: 'viaIR' in settings,
    });
  const found = new Map<string, Solidity>();
  for (const [file, contracts] of Object.entries<Record<string, never>>(output.contracts)) {
    for (const [name, { abi, evm, storageLayout }] of Object.entries<{
      abi: Abi;
      evm: { bytecode: CompiledCode; deployedBytecode: CompiledCode };
      storageLayout: unknown;
    }>(contracts)) {
      const [creation, runtime] = [evm.bytecode, evm.deployedBytecode];
      const sourced = { creation: sourcedOf(creation), runtime: sourcedOf(runtime) };
      const code = { abi, creation, runtime, storageLayout, sourced };
      found.set(name, { name, file, sources, ...code });
    }
  }
  return found;
}
