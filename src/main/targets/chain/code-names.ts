import { implementationOf } from '../../eth/clone.ts';
import type { CodeIndex, NamedCode } from '../../eth/code-index.ts';
import type { Rpc } from '../../eth/rpc.ts';
import { delegateOf } from '../../shared/delegation.ts';
import type { Creation } from './creations.ts';

/** Names what is on a chain by its code. Remembers what is at which address. */
export class CodeNames {
  readonly #call: Rpc;
  readonly #index: CodeIndex;
  readonly #names = new Map<string, Promise<NamedCode | null>>();

  constructor(call: Rpc, index: CodeIndex) {
    this.#call = call;
    this.#index = index;
  }

  byCreation(code: string): NamedCode | null {
    return this.#index.byCreation(code);
  }

  /** A clone goes by what it runs. */
  of(creation: Creation): Promise<NamedCode | null> {
    const named = this.#of(creation);
    this.#names.set(creation.address, named);
    return named;
  }

  /** The code at an address, including code from before the run. */
  at(address: string): Promise<NamedCode | null> {
    const key = address.toLowerCase();
    const known = this.#names.get(key);
    if (known) return known;
    const asked = this.#ask(key);
    this.#names.set(key, asked);
    return asked;
  }

  async #of({ creationCode, runtimeCode }: Creation): Promise<NamedCode | null> {
    const byCreation = creationCode === null ? null : this.#index.byCreation(creationCode);
    const named = byCreation ?? this.#index.byRuntime(runtimeCode);
    if (named) return named;
    const implementation = implementationOf(runtimeCode);
    return implementation === null ? null : this.at(implementation);
  }

  async #ask(address: string): Promise<NamedCode | null> {
    const code = await this.#call<string>('eth_getCode', [address, 'latest']);
    if (code === '0x') return null;
    const named = this.#index.byRuntime(code);
    if (named) return named;
    const implementation = implementationOf(code) ?? delegateOf(code);
    if (implementation === null || implementation === address) return null;
    return this.at(implementation);
  }
}
