import { getAddress } from 'viem';
import type { Artifact, Compilation } from '../../eth/artifact.ts';
import type { TracedCall } from '../../eth/inside/call-tree.ts';
import { entriesOf } from '../../eth/inside/entries.ts';
import type { PreState } from '../../eth/inside/recorded-transaction.ts';
import { SourceMap } from '../../eth/inside/source-map.ts';
import { SourceText } from '../../eth/inside/source-text.ts';
import { SourcedCode } from '../../eth/inside/sourced-code.ts';
import { delegateOf } from '../../shared/delegation.ts';

type SourcedArtifact = Omit<Artifact, 'rank'> & {
  /** In whose build output it is now. */
  projects: readonly { id: number }[];
};

/** What compilers left, with their sources. */
export interface SourcedArtifacts {
  byRuntime(code: string): { id: number } | null;
  byCreation(code: string): { id: number } | null;
  get(id: number): SourcedArtifact;
}

/** Code with its sources, and how they were compiled. */
export interface CompiledCode {
  code: SourcedCode;
  artifact: number;
  /** Neither optimised nor by way of Yul: each variable has one place on the stack. */
  isPlain: boolean;
}

/** That, or what is missing. */
type Found = CompiledCode | { missing: string };

/** The sources of everything that ran in one transaction. */
export class SourcedCodes {
  readonly #artifacts: SourcedArtifacts;
  readonly #preState: ReadonlyMap<string, string>;
  /** What was created, by its address; null: from no known artifact. */
  readonly #created = new Map<string, number | null>();
  /** By the address, or the code that creates. */
  readonly #found = new Map<string, Found>();
  readonly #codes = new Map<string, Found>();
  readonly #texts = new Map<string, SourceText>();

  constructor(artifacts: SourcedArtifacts, root: TracedCall, preState: PreState) {
    this.#artifacts = artifacts;
    const codes = Object.entries(preState).flatMap(([address, { code }]) =>
      code && code !== '0x' ? [[address.toLowerCase(), code] as const] : [],
    );
    this.#preState = new Map(codes);
    const open = [root];
    for (let call = open.pop(); call; call = open.pop()) {
      const { type, to, input } = call;
      if (isCreation(type) && to !== undefined && input !== undefined) {
        const artifact = artifacts.byCreation(input);
        this.#created.set(to.toLowerCase(), artifact?.id ?? null);
      }
      for (const inner of call.calls ?? []) open.push(inner);
    }
  }

  /** Whether it runs any code. */
  hasCode({ type, to = '' }: TracedCall): boolean {
    const address = to.toLowerCase();
    return isCreation(type) || this.#preState.has(address) || this.#created.has(address);
  }

  of(call: TracedCall): Found {
    const key = isCreation(call.type) ? `${call.input}` : `${call.to}`;
    const found = this.#found.get(key) ?? this.#find(call);
    this.#found.set(key, found);
    return found;
  }

  #find(call: TracedCall): Found {
    const { type, to = '', input = '' } = call;
    if (isCreation(type)) {
      const artifact = this.#artifacts.byCreation(input);
      return artifact
        ? this.#sourced(artifact.id, 'creation')
        : unknownCode('code that is created');
    }
    const called = to.toLowerCase();
    const address = delegateOf(this.#preState.get(called) ?? '') ?? called;
    const code = this.#preState.get(address) ?? '';
    const artifact = code === '' ? null : this.#artifacts.byRuntime(code);
    const id = artifact?.id ?? this.#created.get(address);
    return id == null
      ? unknownCode(`code at ${address === called ? to : getAddress(address)}`)
      : this.#sourced(id, 'runtime');
  }

  #sourced(id: number, part: 'creation' | 'runtime'): Found {
    const key = `${id} ${part}`;
    const found = this.#codes.get(key) ?? this.#read(id, this.#artifacts.get(id), part);
    this.#codes.set(key, found);
    return found;
  }

  #read(id: number, artifact: SourcedArtifact, part: 'creation' | 'runtime'): Found {
    const map = part === 'creation' ? artifact.creationSourceMap : artifact.runtimeSourceMap;
    const digits = part === 'creation' ? artifact.creationCode : artifact.runtimeCode;
    const { name } = artifact;
    if (!map) {
      return { missing: `the build output of ${name} has no source map: compile it again` };
    }
    const known = artifact.sources.flatMap(({ id, path, text }) =>
      text === null ? [] : [[id, this.#text(path, text)] as const],
    );
    if (known.length === 0) {
      return {
        missing: `the sources of ${name} are not known as they were compiled: compile it again`,
      };
    }
    const { compilation } = artifact;
    const viaIr = compilation?.viaIr ?? false;
    const entries = part === 'creation' ? null : entriesOf(artifact.abi);
    const code = new SourcedCode(new SourceMap(digits, map), new Map(known), { viaIr, entries });
    return { code, artifact: id, isPlain: isPlain(compilation) };
  }

  #text(path: string, text: string): SourceText {
    const key = `${path}\0${text}`;
    const known = this.#texts.get(key) ?? new SourceText(path, text);
    this.#texts.set(key, known);
    return known;
  }
}

/** Before 0.5.0 a variable had its place from the beginning of its function. */
function isPlain(compilation: Compilation | null): boolean {
  if (!compilation || compilation.viaIr || compilation.optimizer?.enabled !== false) return false;
  const [, major, minor] = /^(\d+)\.(\d+)\./.exec(compilation.version) ?? [];
  return Number(major) > 0 || Number(minor) >= 5;
}

const isCreation = (type: string): boolean => type.startsWith('CREATE');

const unknownCode = (what: string): Found => ({
  missing: `no project here has compiled the ${what}`,
});
