import path from 'node:path';
import type { Artifact, ArtifactSource } from '../../eth/artifact.ts';
import { readCompilation, readLayout } from '../../eth/artifact-schemas.ts';
import { SourceTexts } from '../../eth/source-texts.ts';
import { stampOf } from '../../lib/file-stamp.ts';
import { isWithin } from '../../lib/path-within.ts';
import { filesOf, type ProjectFiles } from '../../lib/project-files.ts';
import { sha256 } from '../../lib/sha256.ts';
import { compilersAtHand } from '../../solidity/compiler/compile.ts';
import type { CompiledFromOrProblem } from '../../solidity/compiler/compiled-from.ts';
import type { ArtifactFile, OpenArtifacts, ProjectArtifacts } from '../artifacts.ts';
import { artifactFiles, type ForgeArtifact, readForgeArtifact } from './artifact-file.ts';
import { BuildInfos } from './build-infos.ts';
import { type FoundryConfig, readConfigs } from './config.ts';

const GONE: CompiledFromOrProblem = { problem: 'its artifact is not there any more' };
const LAYOUT_SETTING = 'extra_output = ["storageLayout"] in foundry.toml';
const OWN = 0;
const OF_LIBRARIES = 2;
const MOST_SOURCES = 2000;

/** Those of every profile that builds into a folder of its own. */
export const openForgeArtifacts: OpenArtifacts = (folder, { trusted, looked }) => {
  const files = filesOf(folder, { linksOut: trusted, looked });
  const byFolder = new Map<string, ForgeArtifacts>();
  for (const { config } of readConfigs(files)) {
    const out = path.resolve(folder, config.out);
    if (!byFolder.has(out)) byFolder.set(out, new ForgeArtifacts(files, config, trusted));
  }
  return new ArtifactsOfProfiles(byFolder);
};

class ArtifactsOfProfiles implements ProjectArtifacts {
  readonly layoutSetting = LAYOUT_SETTING;
  readonly #byFolder: ReadonlyMap<string, ForgeArtifacts>;

  /** @param byFolder that they are built into, absolute; the usual one first */
  constructor(byFolder: ReadonlyMap<string, ForgeArtifacts>) {
    this.#byFolder = byFolder;
  }

  stamp(): string {
    return sha256([...this.#byFolder.values()].map((one) => one.stamp()).join('\n'));
  }

  list(): ArtifactFile[] {
    const listed = new Map<string, ArtifactFile>();
    for (const one of this.#byFolder.values()) {
      for (const file of one.list()) if (!listed.has(file.path)) listed.set(file.path, file);
    }
    return [...listed.values()];
  }

  async read(file: ArtifactFile): Promise<Artifact | null> {
    return this.#of(file.path)?.read(file) ?? null;
  }

  async compiledFrom(file: string): Promise<CompiledFromOrProblem> {
    return (await this.#of(file)?.compiledFrom(file)) ?? GONE;
  }

  #of(file: string): ForgeArtifacts | undefined {
    // One folder may lie in another.
    const [of] = [...this.#byFolder]
      .filter(([folder]) => isWithin(file, folder))
      .sort(([a], [b]) => b.length - a.length);
    return of?.[1];
  }
}

class ForgeArtifacts {
  readonly #files: ProjectFiles;
  readonly #config: FoundryConfig;
  readonly #builds: BuildInfos;
  readonly #texts: SourceTexts;
  readonly #trusted: boolean;

  constructor(files: ProjectFiles, config: FoundryConfig, trusted: boolean) {
    this.#trusted = trusted;
    this.#files = files;
    this.#config = config;
    this.#builds = new BuildInfos(files, this.#config);
    this.#texts = new SourceTexts(files);
  }

  stamp(): string {
    const { out } = this.#config;
    const looked = [out, this.#builds.folder, this.#builds.cacheFile, ...this.#builds.list()];
    return sha256(looked.map((file) => `${file} ${stampOf(this.#files.stat(file))}`).join('\n'));
  }

  list(): ArtifactFile[] {
    return artifactFiles(this.#files, this.#config.out).map((file) => ({
      path: file,
      stamp: stampOf(this.#files.stat(file)),
      rank: OWN,
    }));
  }

  async read({ path: file }: ArtifactFile): Promise<Artifact | null> {
    const read = await readForgeArtifact(this.#files, file);
    if (!read) return null;
    const { contract, written } = read;
    const { metadata } = written;
    const [source] = Object.keys(metadata?.settings.compilationTarget ?? {});
    return {
      ...contract,
      source: source ?? contract.source,
      rank: source !== undefined && this.#isOfLibrary(source) ? OF_LIBRARIES : OWN,
      creationSourceMap: written.bytecode.sourceMap ?? null,
      runtimeSourceMap: written.deployedBytecode?.sourceMap ?? null,
      sources: source === undefined ? [] : await this.#sources(file, source, written),
      storageLayout: readLayout(written.storageLayout),
      compilation: readCompilation(metadata?.compiler.version, metadata?.settings),
    };
  }

  async compiledFrom(file: string): Promise<CompiledFromOrProblem> {
    const read = await readForgeArtifact(this.#files, file);
    if (!read) return GONE;
    const { metadata, id } = read.written;
    const [target] = Object.entries(metadata?.settings.compilationTarget ?? {});
    if (!metadata || !target) return { problem: 'it has no metadata' };
    if (!this.#trusted) return { problem: 'its project is not trusted' };
    const [source, name] = target;
    const build = id === undefined ? null : await this.#builds.of(file, { id, path: source });
    const sources: Record<string, { content: string }> = {};
    for (const [at, { content: kept, keccak256 }] of Object.entries(metadata.sources)) {
      const content = kept ?? build?.texts.get(at) ?? (await this.#texts.compiled(at, keccak256));
      if (content === null) {
        return { problem: `${at} has changed since, or is not there any more` };
      }
      sources[at] = { content };
    }
    // What it says of the contract itself is no setting.
    const { compilationTarget: _, ...settings } = metadata.settings;
    return {
      ...{ source, name, version: metadata.compiler.version },
      input: { language: metadata.language, sources, settings },
      compilers: compilersAtHand(this.#files),
    };
  }

  /** Those that the contract depends on; a build may have thousands of others. */
  async #sources(
    file: string,
    source: string,
    { id, metadata }: ForgeArtifact['written'],
  ): Promise<ArtifactSource[]> {
    const build = id === undefined ? null : await this.#builds.of(file, { id, path: source });
    const found: ArtifactSource[] = [];
    for (const [number, name] of build?.pathOf ?? []) {
      const known = metadata?.sources[name];
      if (!known || found.length >= MOST_SOURCES) continue;
      const text =
        known.content ??
        build?.texts.get(name) ??
        (await this.#texts.compiled(name, known.keccak256));
      found.push({ id: number, path: name, text });
    }
    return found;
  }

  #isOfLibrary(source: string): boolean {
    const from = (folder: string) => path.relative(folder, source).split(path.sep)[0];
    return this.#config.libs.some((folder) => from(folder) !== '..');
  }
}
