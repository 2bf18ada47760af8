import path from 'node:path';
import { z } from 'zod';
import type { ArtifactSource, Compilation, CompilerStorageLayout } from '../../eth/artifact.ts';
import { readCompilation, readLayout } from '../../eth/artifact-schemas.ts';
import type { CodeGap } from '../../eth/compiled-contract.ts';
import { parsedJson } from '../../lib/parsed-json.ts';
import type { ProjectFiles } from '../../lib/project-files.ts';
import type { CompiledFrom } from '../../solidity/compiler/compiled-from.ts';
import { type HardhatArtifact, immutables } from './artifact-file.ts';

const MOST_BYTES = 100_000_000;
const MOST_BUILDS = 20;

const debugFile = z.object({ buildInfo: z.string() });

const code = z.object({ object: z.string(), sourceMap: z.string().optional() });

const contract = z.object({
  evm: z.object({
    bytecode: code,
    deployedBytecode: code.extend({ immutableReferences: immutables.optional() }).optional(),
  }),
  metadata: z.string().optional(),
  storageLayout: z.unknown().optional(),
});

const output = z.object({
  sources: z.record(z.string(), z.object({ id: z.int() })),
  contracts: z.record(z.string(), z.record(z.string(), z.unknown())),
});

/**
 * A compile with its input and, in version 2, its output
 * (https://hardhat.org/hardhat-runner/docs/advanced/artifacts#build-info-files).
 */
const buildInfo = z.object({
  solcVersion: z.string(),
  solcLongVersion: z.string().optional(),
  input: z.object({
    sources: z.record(z.string(), z.object({ content: z.string().optional() })),
    settings: z.unknown().optional(),
  }),
  output: output.optional(),
});

/** The same with all that it takes to compile it again. */
const wholeInput = buildInfo.extend({
  input: z.object({
    language: z.string(),
    sources: z.record(z.string(), z.object({ content: z.string() })),
    settings: z.record(z.string(), z.unknown()),
  }),
});

const metadata = z.object({ sources: z.record(z.string(), z.unknown()) });

/** A compile as far as contracts are concerned, without its syntax trees. */
interface Build {
  sources: readonly ArtifactSource[];
  compilation: Compilation | null;
  contract(source: string, name: string): BuiltContract | undefined;
}

type BuiltContract = z.infer<typeof contract>;

/** What a build knows of one of its contracts. */
export interface BuiltDetails {
  creationSourceMap: string | null;
  runtimeSourceMap: string | null;
  /** Where immutable values are put; version 2 leaves them out of its artifacts. */
  immutables: readonly CodeGap[];
  sources: readonly ArtifactSource[];
  storageLayout: CompilerStorageLayout | null;
  compilation: Compilation | null;
}

/** The compiles that Hardhat keeps beside its artifacts; the last few that were read stay at hand. */
export class BuildInfos {
  readonly #files: ProjectFiles;
  readonly #builds = new Map<string, Promise<Build | null>>();

  constructor(files: ProjectFiles) {
    this.#files = files;
  }

  /** null when its build is gone, or made another contract since. */
  async of(
    file: string,
    { contract: known, written }: HardhatArtifact,
  ): Promise<BuiltDetails | null> {
    const place = this.#placeOf(file, written.buildInfoId);
    const build = place === null ? null : await this.#build(place);
    const built = build?.contract(written.inputSourceName ?? known.source, known.name);
    if (!build || built?.evm.bytecode.object !== known.creationCode) return null;
    const parts = metadata.safeParse(parsedJson(built.metadata ?? '')).data?.sources;
    return {
      creationSourceMap: built.evm.bytecode.sourceMap ?? null,
      runtimeSourceMap: built.evm.deployedBytecode?.sourceMap ?? null,
      immutables: Object.values(built.evm.deployedBytecode?.immutableReferences ?? {}).flat(),
      // Those that the contract depends on; a build may have hundreds of others.
      sources: parts ? build.sources.filter(({ path: name }) => name in parts) : build.sources,
      storageLayout: readLayout(built.storageLayout),
      compilation: build.compilation,
    };
  }

  /** What a contract was compiled from; null when its build is gone, or does not have all of it. */
  async inputOf(
    file: string,
    { contract: known, written }: HardhatArtifact,
  ): Promise<Omit<CompiledFrom, 'compilers'> | null> {
    const place = this.#placeOf(file, written.buildInfoId);
    const info = place === null ? null : wholeInput.safeParse(await this.#json(place)).data;
    const built = place === null ? null : await this.#build(place);
    const source = written.inputSourceName ?? known.source;
    const found = built?.contract(source, known.name);
    // Another one may have been built under the name since.
    if (!info || found?.evm.bytecode.object !== known.creationCode) return null;
    const parts = metadata.safeParse(parsedJson(found.metadata ?? '')).data?.sources;
    const { language, settings } = info.input;
    const sources = Object.entries(info.input.sources).filter(([name]) => !parts || name in parts);
    const { outputSelection: _, ...rest } = settings;
    return {
      ...{ source, name: known.name, version: info.solcLongVersion ?? info.solcVersion },
      input: { language, sources: Object.fromEntries(sources), settings: rest },
    };
  }

  /** Version 2 writes where it is beside the artifact, version 3 its id in the artifact. */
  #placeOf(file: string, id: string | undefined): string | null {
    if (id !== undefined) return this.#above(file, `${id}.json`);
    const text = this.#files.textIfAny(file.replace(/\.json$/, '.dbg.json'));
    const read = debugFile.safeParse(parsedJson(text ?? '')).data;
    return read ? path.resolve(path.dirname(file), read.buildInfo) : null;
  }

  #above(file: string, name: string): string | null {
    let at = path.dirname(file);
    while (at !== this.#files.folder && path.dirname(at) !== at) {
      const place = path.join(at, 'build-info', name);
      if (this.#files.stat(place)?.isFile()) return place;
      at = path.dirname(at);
    }
    return null;
  }

  #build(file: string): Promise<Build | null> {
    const known = this.#builds.get(file);
    if (known) return known;
    const [oldest] = this.#builds.keys();
    if (oldest !== undefined && this.#builds.size >= MOST_BUILDS) this.#builds.delete(oldest);
    const read = this.#read(file);
    this.#builds.set(file, read);
    return read;
  }

  async #read(file: string): Promise<Build | null> {
    const info = buildInfo.safeParse(await this.#json(file)).data;
    if (!info) return null;
    const made = info.output ?? (await this.#outputOf(file));
    if (!made) return null;
    const { solcVersion, solcLongVersion, input } = info;
    const contracts = new Map(
      Object.entries(made.contracts).flatMap(([source, all]) =>
        Object.entries(all).map(([name, one]) => [
          `${source}:${name}`,
          contract.safeParse(one).data,
        ]),
      ),
    );
    return {
      sources: Object.entries(made.sources).map(([name, { id }]) => ({
        id,
        path: name,
        text: input.sources[name]?.content ?? null,
      })),
      compilation: readCompilation(solcLongVersion ?? solcVersion, input.settings),
      contract: (source, name) => contracts.get(`${source}:${name}`),
    };
  }

  /** Version 3 keeps the output in a file of its own. */
  async #outputOf(file: string): Promise<z.infer<typeof output> | undefined> {
    const name = file.replace(/\.json$/, '.output.json');
    const read = z.object({ output }).safeParse(await this.#json(name)).data;
    return read?.output;
  }

  async #json(file: string): Promise<unknown> {
    const bytes = await this.#files.bytes(file, MOST_BYTES).catch(() => null);
    return parsedJson(bytes?.toString() ?? '');
  }
}
