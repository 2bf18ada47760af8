import path from 'node:path';
import type { Artifact } from '../../eth/artifact.ts';
import { readLayout } from '../../eth/artifact-schemas.ts';
import { stampOf } from '../../lib/file-stamp.ts';
import { foldersUp } from '../../lib/folders-up.ts';
import { filesOf, type ProjectFiles } from '../../lib/project-files.ts';
import { sha256 } from '../../lib/sha256.ts';
import { compilersAtHand } from '../../solidity/compiler/compile.ts';
import type { CompiledFromOrProblem } from '../../solidity/compiler/compiled-from.ts';
import type { ArtifactFile, OpenArtifacts, ProjectArtifacts } from '../artifacts.ts';
import { artifactFiles, artifactPlaces, readHardhatArtifact } from './artifact-file.ts';
import { BuildInfos } from './build-infos.ts';
import { downloadedCompilers } from './downloaded-compilers.ts';
import { type ProjectPaths, pathsOf } from './project-paths.ts';
import { sourceReader } from './source-reader.ts';

/** Files whose content changes with each compile and deploy, beside the folders of artifacts. */
const CACHES = ['solidity-files-cache.json', 'compile-cache.json'];
const MOST_ENTRIES = 200;

export const openHardhatArtifacts: OpenArtifacts = (folder, { trusted, looked }) =>
  new HardhatArtifacts(filesOf(folder, { linksOut: trusted, looked }), trusted);

class HardhatArtifacts implements ProjectArtifacts {
  readonly layoutSetting = '"storageLayout" in outputSelection in the settings of the compiler';
  readonly #files: ProjectFiles;
  readonly #trusted: boolean;
  readonly #builds: BuildInfos;
  readonly #modules: readonly string[];
  readonly #paths: ProjectPaths;

  constructor(files: ProjectFiles, trusted: boolean) {
    this.#files = files;
    this.#trusted = trusted;
    this.#builds = new BuildInfos(files);
    this.#paths = pathsOf(files, sourceReader(files));
    this.#modules = foldersUp(files).map((folder) => path.join(folder, 'node_modules'));
  }

  stamp(): string {
    const { artifacts, cache, ignition, deployments } = this.#paths;
    const folders = artifactPlaces(this.#paths, this.#modules).map(({ folder }) => folder);
    const builds = [artifacts, 'build/artifacts'].map((folder) => path.join(folder, 'build-info'));
    // A deployment of Ignition or hardhat-deploy is a folder below these, and so is a build.
    const records = [path.join(ignition, 'deployments'), deployments];
    const below = [...builds, ...records].flatMap((folder) =>
      this.#files.entries(folder, MOST_ENTRIES).map(({ name }) => path.join(folder, name)),
    );
    const caches = CACHES.map((name) => path.join(cache, name));
    const looked = [...folders, ...builds, ...below, ...caches];
    return sha256(looked.map((file) => `${file} ${stampOf(this.#files.stat(file))}`).join('\n'));
  }

  list(): ArtifactFile[] {
    return artifactFiles(this.#files, this.#paths, this.#modules).map(({ file, rank }) => ({
      path: file,
      stamp: stampOf(this.#files.stat(file)),
      rank,
    }));
  }

  async compiledFrom(file: string): Promise<CompiledFromOrProblem> {
    const read = await readHardhatArtifact(this.#files, file, 0);
    if (!read) return { problem: 'its artifact is not there any more' };
    if (!this.#trusted) return { problem: 'its project is not trusted' };
    const from = await this.#builds.inputOf(file, read);
    if (!from) return { problem: 'what it was compiled from is not in "build-info" any more' };
    return { ...from, compilers: compilersAtHand(this.#files, downloadedCompilers()) };
  }

  async read({ path: file, rank }: ArtifactFile): Promise<Artifact | null> {
    const read = await readHardhatArtifact(this.#files, file, rank);
    if (!read) return null;
    const built = await this.#builds.of(file, read);
    return {
      ...read.contract,
      runtimeGaps: [...read.contract.runtimeGaps, ...(built?.immutables ?? [])],
      creationSourceMap: built?.creationSourceMap ?? null,
      runtimeSourceMap: built?.runtimeSourceMap ?? null,
      sources: built?.sources ?? [],
      storageLayout: built?.storageLayout ?? readLayout(read.written.storageLayout),
      compilation: built?.compilation ?? null,
    };
  }
}
