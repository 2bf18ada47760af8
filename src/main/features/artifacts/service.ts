import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Abi } from 'viem';
import type { Artifact } from '../../eth/artifact.ts';
import {
  hasEnums,
  hasEnumsInLayout,
  type MembersOf,
  withEnumMembers,
  withEnumsInLayout,
} from '../../eth/enum-members.ts';
import { enumsIn } from '../../eth/enums-in.ts';
import type { ArtifactDetail, ListedArtifact } from './contract.ts';
import { Indexer } from './indexer.ts';
import { type LayoutOf, Layouts } from './layouts.ts';
import { ArtifactLookup } from './lookup.ts';
import { type PackedCode, type PackedDetail, unpackJson, unpackText } from './packed.ts';
import { ArtifactReader } from './reader.ts';
import type { Folder } from './reader-messages.ts';
import { Recompiler } from './recompiler.ts';
import { askedName, notFound, type ProjectOf, resolveArtifact } from './resolve.ts';
import type { ArtifactsStore } from './store.ts';
import { storedCompilation } from './stored-compilation.ts';
import type { SweepRules } from './sweep.ts';

/** The start of the app belongs to its user. */
const FIRST_READ_MS = 5000;
/** What a run has deployed is read before its folder is built anew, if it takes no longer. */
const LAST_READ_MS = 3000;
const MOST_ABIS = 300;
/** Of ranks the project's own one, see `Artifact.rank`. */
const OWN = 0;

export interface ArtifactsDependencies {
  store: ArtifactsStore;
  logger: Logger;
  /** Throws PROJECT_NOT_FOUND. */
  project: (ref: string | number) => ProjectOf;
  projects: () => ProjectOf[];
  isTrusted: (folder: string) => boolean;
  /** Whether builds of a kind's projects leave any. */
  hasArtifacts: (kind: string) => boolean;
  /** What is known of a project's build output is other than before. */
  changed: (project: number) => void;
  /** 90 days and 512 MB unless given. */
  keep?: SweepRules;
  /** Of the process that reads, 1024 unless given. */
  heapMb?: number;
}

/** An artifact with everything that is known of it. */
export interface StoredArtifact extends Omit<Artifact, 'rank'> {
  id: number;
  /** In whose build output it is now. */
  projects: { id: number; name: string }[];
}

export function artifactsService(deps: ArtifactsDependencies) {
  const { store, logger, project: find } = deps;
  const afterRuns = new Set<Promise<void>>();
  const abis = new Map<number, Abi>();
  let timer: NodeJS.Timeout | undefined;
  let reading: Promise<void> | undefined;
  const lookup = new ArtifactLookup(store);
  const folder = (id: number): Folder | null => {
    const { kind, path } = find(id);
    // What was there stays known while the folder is away.
    if (!deps.hasArtifacts(kind) || !existsSync(path)) return null;
    return { kind, path, trusted: deps.isTrusted(path) };
  };
  const reader = new ArtifactReader(deps.heapMb);
  const { changed, keep } = deps;
  const indexer = new Indexer({ store, reader, logger, folder, changed, keep });
  const recompiler = new Recompiler({
    ...{ store, folder },
    stored: (id) => (store.byId(id) ? storedCompilation(get(id)) : null),
  });
  const layouts = new Layouts({ store, recompiler });

  /** Throws ARTIFACT_NOT_FOUND. */
  function get(id: number): StoredArtifact {
    const row = store.byId(id);
    if (!row) throw gone(id);
    const { sources, ...detail } = unpackJson<PackedDetail>(row.detail);
    const texts = new Map(
      store.sources(id).map(({ hash, text }) => [Buffer.from(hash).toString('hex'), text]),
    );
    const textOf = (hash: string | null) => {
      const text = hash === null ? undefined : texts.get(hash);
      return text ? unpackText(text) : null;
    };
    return {
      id,
      name: row.name,
      source: row.source,
      ...unpackJson<PackedCode>(row.code),
      ...detail,
      sources: sources.map(({ hash, ...source }) => ({ ...source, text: textOf(hash) })),
      projects: projectsOf(id),
    };
  }

  /** Throws ARTIFACT_NOT_FOUND. */
  function abi(id: number): Abi {
    const known = abis.get(id);
    if (known) return known;
    const row = store.byId(id);
    if (!row) throw gone(id);
    const read = unpackJson<PackedDetail>(row.detail).abi;
    const named = hasEnums(read) ? withEnumMembers(read, membersIn(id)) : read;
    if (abis.size >= MOST_ABIS) abis.clear();
    abis.set(id, named);
    return named;
  }

  /** Of the enums in the sources of an artifact. */
  function membersIn(id: number): MembersOf {
    const enums = enumsIn(get(id).sources.flatMap(({ text }) => text ?? []));
    return (name) => enums.get(name);
  }

  function projectsOf(id: number) {
    const byId = new Map(store.filesOf(id).map((file) => [file.projectId, file.project]));
    return [...byId].map(([project, name]) => ({ id: project, name }));
  }

  const freshAll = async () => {
    await Promise.all(deps.projects().map(({ id }) => indexer.fresh(id)));
  };

  async function resolve(ref: string): Promise<number> {
    const asked = askedName(ref, deps.projects());
    await (asked.project ? indexer.fresh(asked.project.id) : freshAll());
    return resolveArtifact(asked, store);
  }

  return {
    /**
     * Resolves when what is on disk now is known, of one project or of all. Lookups tell what is
     * known, at once.
     */
    async fresh(project?: number): Promise<void> {
      await (project === undefined ? freshAll() : indexer.fresh(project));
    },

    byRuntime: lookup.byRuntime.bind(lookup),
    byCreation: lookup.byCreation.bind(lookup),
    functions: lookup.functions.bind(lookup),
    errors: lookup.errors.bind(lookup),
    events: lookup.events.bind(lookup),
    eventsNamed: lookup.eventsNamed.bind(lookup),
    get,
    /** The name of a project that has or had it, the preferred one before others; null: none. */
    projectOf: (id: number, preferred?: number): string | null =>
      store.projectOf(id, preferred ?? null),
    /** The same one each time, so that what is derived from it can be kept. */
    abi,

    /**
     * How a contract keeps its variables; `problem`: why that isn't known. Throws ARTIFACT_NOT_FOUND.
     */
    async layoutOf(id: number): Promise<LayoutOf> {
      const found = await layouts.of(id);
      if (!found) throw gone(id);
      const { layout } = found;
      if (!layout || !hasEnumsInLayout(layout)) return found;
      return { ...found, layout: withEnumsInLayout(layout, membersIn(id)) };
    },

    /** The id of an artifact by name. Rejects with ARTIFACT_NOT_FOUND, ARTIFACT_AMBIGUOUS. */
    resolve,

    /** As `Recompiler.of`. */
    recompile: recompiler.of.bind(recompiler),

    /** Ids of those with this name in the build output of a project, the likeliest first. */
    byName: (project: number, name: string): number[] =>
      store.named(name, project).map(({ id }) => id),

    /** What is in the build output of a project now. */
    async list(ref: string | number): Promise<ListedArtifact[]> {
      const { id } = find(ref);
      await indexer.fresh(id);
      return store.ofProject(id).map(({ rank, ...row }) => ({
        ...{ id: row.id, name: row.name, source: row.source, codeBytes: row.runtimeLength },
        ...{ path: row.path, own: rank === OWN },
      }));
    },

    /** Throws ARTIFACT_NOT_FOUND, ARTIFACT_AMBIGUOUS. */
    async detail(ref: string | number): Promise<ArtifactDetail> {
      const id = typeof ref === 'number' ? ref : await resolve(ref);
      const { runtimeCode, sources, ...found } = get(id);
      const { name, source, projects, creationCode, storageLayout, compilation } = found;
      return {
        ...{ id, name, source, codeBytes: runtimeCode.length / 2, projects },
        abi: [...found.abi],
        ...{ creationCode, runtimeCode, storageLayout: storageLayout && { ...storageLayout } },
        compilation,
        sources: sources.map(({ id, path, text }) => ({ id, path, known: text !== null })),
      };
    },

    added(project: number): void {
      indexer
        .fresh(project)
        .catch((err: unknown) => logger.warn({ err }, 'artifacts were not read'));
    },

    /** A run has ended, and left what it deployed in the project's folder. */
    ran(project: number): void {
      const reading = indexer
        .fresh(project)
        .then(() => store.noteDeployed(project))
        .catch((err: unknown) => logger.warn({ err }, 'what a run deployed was not noted'))
        .finally(() => afterRuns.delete(reading));
      afterRuns.add(reading);
    },

    /** For a core that stays open. */
    begin(): void {
      const read = async () => {
        await freshAll();
        await indexer.sweep();
      };
      timer = setTimeout(() => {
        reading = read().catch((err: unknown) => logger.warn({ err }, 'artifacts were not read'));
      }, FIRST_READ_MS).unref();
    },

    async close(): Promise<void> {
      clearTimeout(timer);
      const atLast = new AbortController();
      const over = sleep(LAST_READ_MS, undefined, { signal: atLast.signal }).catch(() => undefined);
      await Promise.race([Promise.all(afterRuns), over]);
      atLast.abort();
      recompiler.close();
      await indexer.close();
      await reading;
    },
  };
}

const gone = (id: number) => notFound(`There is no artifact ${id} any more.`);

export type ArtifactsService = ReturnType<typeof artifactsService>;
