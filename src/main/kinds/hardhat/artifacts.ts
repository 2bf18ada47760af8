import path from 'node:path';
import type { Artifact } from '../../eth/artifact.ts';
import { readLayout } from '../../eth/artifact-schemas.ts';
import { stampOf } from '../../lib/file-stamp.ts';
import { foldersUp } from '../../lib/folders-up.ts';
import { filesOf, type ProjectFiles } from '../../lib/project-files.ts';
import { sha256 } from '../../lib/sha256.ts';
import type { ArtifactFile, OpenArtifacts, ProjectArtifacts } from '../artifacts.ts';
import { artifactFiles, artifactPlaces, readHardhatArtifact } from './artifact-file.ts';
import { BuildInfos } from './build-infos.ts';

/** Files whose content changes with each compile and deploy, beside the folders of artifacts. */
const CACHES = ['cache/solidity-files-cache.json', 'cache/compile-cache.json'];
const MOST_ENTRIES = 200;

export const openHardhatArtifacts: OpenArtifacts = (folder, { trusted }) =>
  new HardhatArtifacts(filesOf(folder, { linksOut: trusted }));

class HardhatArtifacts implements ProjectArtifacts {
  readonly #files: ProjectFiles;
  readonly #builds: BuildInfos;
  readonly #modules: readonly string[];

  constructor(files: ProjectFiles) {
    this.#files = files;
    this.#builds = new BuildInfos(files);
    this.#modules = foldersUp(files).map((folder) => path.join(folder, 'node_modules'));
  }

  stamp(): string {
    const folders = artifactPlaces(this.#modules).map(({ folder }) => folder);
    const builds = ['artifacts/build-info', 'build/artifacts/build-info'];
    // A deployment of Ignition or hardhat-deploy is a folder below these, and so is a build.
    const below = [...builds, 'ignition/deployments', 'deployments'].flatMap((folder) =>
      this.#files.entries(folder, MOST_ENTRIES).map(({ name }) => path.join(folder, name)),
    );
    const looked = [...folders, ...builds, ...below, ...CACHES];
    return sha256(looked.map((file) => `${file} ${stampOf(this.#files.stat(file))}`).join('\n'));
  }

  list(): ArtifactFile[] {
    return artifactFiles(this.#files, this.#modules).map(({ file, rank }) => ({
      path: file,
      stamp: stampOf(this.#files.stat(file)),
      rank,
    }));
  }

  async read({ path: file, rank }: ArtifactFile): Promise<Artifact | null> {
    const read = await readHardhatArtifact(this.#files, file, rank);
    if (!read) return null;
    const built = await this.#builds.of(file, read);
    return {
      ...read.contract,
      creationSourceMap: built?.creationSourceMap ?? null,
      runtimeSourceMap: built?.runtimeSourceMap ?? null,
      sources: built?.sources ?? [],
      storageLayout: built?.storageLayout ?? readLayout(read.written.storageLayout),
      compilation: built?.compilation ?? null,
    };
  }
}
