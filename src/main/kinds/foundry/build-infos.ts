import path from 'node:path';
import { z } from 'zod';
import { parsedJson } from '../../lib/parsed-json.ts';
import type { ProjectFiles } from '../../lib/project-files.ts';
import type { FoundryConfig } from './config.ts';
import { forgeCacheFile, MOST_CACHE_BYTES, parseForgeCache } from './forge-cache.ts';

/** With all that was compiled, when the user has asked forge for it. */
const MOST_BYTES = 100_000_000;
const MOST_BUILDS = 200;

const buildInfo = z.object({
  id: z.string(),
  source_id_to_path: z.record(z.string(), z.string()),
  input: z
    .object({ sources: z.record(z.string(), z.object({ content: z.string().optional() })) })
    .optional()
    .catch(undefined),
});

/** One compile of forge's. */
export interface Build {
  /** Of its source files; paths as forge knows them. */
  pathOf: ReadonlyMap<number, string>;
  /** Texts as they were compiled; empty unless forge was to keep them. */
  texts: ReadonlyMap<string, string>;
}

/** The compiles that forge keeps beside its artifacts, each read when it is first asked for. */
export class BuildInfos {
  readonly #files: ProjectFiles;
  readonly #config: FoundryConfig;
  readonly #builds = new Map<string, Promise<Build | null>>();
  #idByArtifact: Promise<ReadonlyMap<string, string>> | undefined;

  constructor(files: ProjectFiles, config: FoundryConfig) {
    this.#files = files;
    this.#config = config;
  }

  /**
   * The compile that an artifact came from: what forge's cache says, else the newest in which its
   * source has its number.
   *
   * @param artifact absolute
   */
  async of(artifact: string, source: { id: number; path: string }): Promise<Build | null> {
    this.#idByArtifact ??= this.#readCache();
    const id = (await this.#idByArtifact).get(artifact);
    const named = id === undefined ? null : await this.#build(path.join(this.folder, `${id}.json`));
    if (named?.pathOf.get(source.id) === source.path) return named;
    for (const file of this.list()) {
      const build = await this.#build(file);
      if (build?.pathOf.get(source.id) === source.path) return build;
    }
    return null;
  }

  /** Their files, the newest first. */
  list(): string[] {
    return this.#files
      .entries(this.folder)
      .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
      .map(({ name }) => path.join(this.folder, name))
      .map((file) => ({ file, at: this.#files.stat(file)?.mtimeMs ?? 0 }))
      .sort((a, b) => b.at - a.at)
      .slice(0, MOST_BUILDS)
      .map(({ file }) => file);
  }

  get folder(): string {
    return path.join(this.#config.out, 'build-info');
  }

  get cacheFile(): string {
    return forgeCacheFile(this.#files.folder, this.#config);
  }

  #build(file: string): Promise<Build | null> {
    const known = this.#builds.get(file);
    if (known) return known;
    const read = this.#read(file);
    this.#builds.set(file, read);
    return read;
  }

  async #read(file: string): Promise<Build | null> {
    const bytes = await this.#files.bytes(file, MOST_BYTES).catch(() => null);
    const read = buildInfo.safeParse(parsedJson(bytes?.toString() ?? '')).data;
    if (!read) return null;
    const texts = Object.entries(read.input?.sources ?? {}).flatMap(([name, { content }]) =>
      content === undefined ? [] : [[name, content] as const],
    );
    return {
      pathOf: new Map(Object.entries(read.source_id_to_path).map(([id, to]) => [Number(id), to])),
      texts: new Map(texts),
    };
  }

  async #readCache(): Promise<ReadonlyMap<string, string>> {
    const bytes = await this.#files.bytes(this.cacheFile, MOST_CACHE_BYTES).catch(() => null);
    const cache = parseForgeCache(bytes?.toString() ?? '');
    const out = path.resolve(this.#files.folder, this.#config.out);
    const found = new Map<string, string>();
    for (const { artifacts } of Object.values(cache?.files ?? {})) {
      for (const profile of Object.values(artifacts).flatMap((byVersion) =>
        Object.values(byVersion),
      )) {
        for (const { path: file, build_id } of Object.values(profile)) {
          found.set(path.resolve(out, file), build_id);
        }
      }
    }
    return found;
  }
}
