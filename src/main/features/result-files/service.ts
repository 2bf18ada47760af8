import path from 'node:path';
import type { Logger } from 'pino';
import type { FollowedRun } from '../../kinds/followed-run.ts';
import { trackedFiles } from '../../lib/git/tracked-files.ts';
import { KeyedLock } from '../../lib/keyed-lock.ts';
import { type Decision, decideOwn, decideShared } from './decide.ts';
import { KeptContent } from './kept-content.ts';
import { type Content, ProjectPlace } from './project-place.ts';
import type { ResultFileRow, ResultFilesStore } from './store.ts';

/** What has become of the files of runs. Paths are absolute. */
export interface Settled {
  aside: string[];
  back: string[];
  kept: { file: string; why: string }[];
}

export interface ResultFilesDependencies {
  store: ResultFilesStore;
  dataFolder: string;
  logger: Logger;
  /** Whether remote networks have the same chain id, and so write to the same files. */
  isForeign: (network: string, chainId: number | null) => boolean;
}

const whys = {
  changed: 'it was changed since its run',
  foreign: 'it may be of a network that is not ours',
  tracked: 'git tracks it',
  unsure: 'git can not say whether it tracks it',
} as const;

/**
 * The files in which tools write down what they have deployed follow the chains: those of a run that
 * a revert has taken back are kept aside in the data folder, and put back when the chain goes forward
 * to it. What is to be is told by the records of the runs alone, so it can be done again at any time.
 */
export function resultFilesService(deps: ResultFilesDependencies) {
  const { store, logger } = deps;
  const kept = new KeptContent(deps.dataFolder);
  const locks = new KeyedLock<number>();
  let swept = false;

  /** Notes what the tool is going to overwrite. To be called before it runs; never rejects. */
  async function begin(run: FollowedRun): Promise<void> {
    try {
      const place = new ProjectPlace(run.folder);
      for (const file of run.files().shared) {
        const before = await place.read(file);
        if (before) await kept.keep(before.hash, before.bytes, false);
        store.put(newRow(run, file, true, before?.hash ?? null, null));
      }
    } catch (error) {
      logger.warn({ deployment: run.deployment, err: error }, 'files of a run can not be followed');
    }
  }

  /** Notes what the tool has written. To be called once the run is recorded; never rejects. */
  async function end(run: FollowedRun, isLive: boolean): Promise<void> {
    try {
      if (isLive) await note(run);
    } catch (error) {
      logger.warn({ deployment: run.deployment, err: error }, 'files of a run can not be followed');
    } finally {
      store.removeUnfinished(run.deployment);
    }
  }

  async function note(run: FollowedRun): Promise<void> {
    const place = new ProjectPlace(run.folder);
    const { own, shared } = run.files();
    for (const file of own) {
      const content = await place.read(file);
      if (content) store.put(newRow(run, file, false, null, content.hash));
    }
    const begun = store.ofDeployment(run.deployment);
    for (const file of shared) {
      const row = begun.find((one) => one.path === file);
      const content = row && (await place.read(file));
      if (content && content.hash !== row.before) store.finish(run.deployment, file, content.hash);
    }
  }

  const newRow = (
    run: FollowedRun,
    file: string,
    shared: boolean,
    before: string | null,
    after: string | null,
  ) => ({
    deployment: run.deployment,
    project: run.project,
    network: run.target,
    folder: run.folder,
    path: file,
    shared,
    before,
    after,
    foreign: deps.isForeign(
      run.target,
      run.result?.family === 'contracts' ? run.result.chainId : null,
    ),
  });

  /** Brings the files to where the chains are. Never rejects: what can't be done now stays to do. */
  async function settle(which: () => ResultFileRow[] = store.pending): Promise<Settled> {
    const settled: Settled = { aside: [], back: [], kept: [] };
    const projects = new Set(which().map(({ project }) => project));
    for (const project of projects) {
      await locks.run(project, () => {
        const rows = which().filter((row) => row.project === project);
        return settleProject(rows, settled);
      });
    }
    for (const { file, why } of settled.kept) {
      logger.warn({ file, why }, 'a file of a run that was taken back stays');
    }
    return settled;
  }

  async function settleProject(rows: ResultFileRow[], settled: Settled): Promise<void> {
    const [first] = rows;
    const place = first && new ProjectPlace(first.folder);
    // A folder that is not there now may come back.
    if (!place?.exists())
      return store.transaction(() => rows.filter(isOrphan).forEach(store.remove));
    const groups = [...Map.groupBy(rows, (row) => row.path).values()] as [ResultFileRow][];
    const files = groups.map(([{ path: file }]) => path.resolve(place.folder, file));
    const tracked = await trackedFiles(place.folder, files);
    for (const group of groups) await settleFile(place, group, tracked, settled);
  }

  async function settleFile(
    place: ProjectPlace,
    pending: [ResultFileRow, ...ResultFileRow[]],
    tracked: ReadonlySet<string> | undefined,
    settled: Settled,
  ): Promise<void> {
    const [first] = pending;
    const file = path.resolve(place.folder, first.path);
    const stays = (why: string) => settled.kept.push({ file, why });
    try {
      const current = await place.read(first.path);
      const hash = current?.hash ?? null;
      const decision = first.shared
        ? decideShared(store.ofPath(first.project, first.path), hash)
        : decideOwn(first, hash);
      const changes = decision.do === 'remove' || decision.do === 'put';
      if (decision.do === 'keep') stays(whys[decision.why]);
      else if (changes && !tracked) stays(whys.unsure);
      else if (changes && tracked?.has(file)) stays(whys.tracked);
      else if (changes && !(await carryOut(place, first.path, decision, current))) {
        stays(whys.changed);
      } else if (decision.do === 'remove') settled.aside.push(file);
      else if (decision.do === 'put') settled.back.push(file);
      store.transaction(() => {
        for (const row of pending) {
          if (isOrphan(row)) store.remove(row);
          else store.setAside(row, row.live === false);
        }
      });
    } catch (error) {
      stays(`it can not be changed: ${(error as Error).message}`);
    }
  }

  /** False: another content is there than there was. */
  async function carryOut(
    place: ProjectPlace,
    file: string,
    decision: Decision,
    current: Content | null,
  ): Promise<boolean> {
    if (current) await kept.keep(current.hash, current.bytes, true);
    const content = decision.do === 'put' ? await kept.find(decision.hash) : undefined;
    if (content) return place.put(file, content, current?.hash ?? null);
    // Without what belongs there, a record of what is gone would be worse than none.
    return current ? place.remove(file, current.hash) : true;
  }

  /**
   * Completes what cores that are gone have left. Returns what was done, a sentence each.
   * @param endedRun a run that has ended, to be looked at once more; undefined: nothing can be told
   *   any more
   */
  async function reconcile(
    endedRun: (deployment: number) => Promise<FollowedRun | undefined>,
  ): Promise<string[]> {
    for (const { deployment, live } of store.unfinished()) {
      const run = await endedRun(deployment);
      if (run) await end(run, live);
      else store.removeUnfinished(deployment);
    }
    const { aside, back } = await settle();
    await settle(store.orphans);
    if (!swept) await kept.sweep(store.needed());
    swept = true;
    const done: string[] = [];
    if (aside.length > 0)
      done.push(`${aside.length} files of runs that were taken back were set aside.`);
    if (back.length > 0) done.push(`${back.length} files of runs that are live were put back.`);
    return done;
  }

  return { begin, end, settle: () => settle(), reconcile };
}

/** The record of its run is gone: nothing will ever be put aside or back for it again. */
const isOrphan = ({ live }: ResultFileRow): boolean => live === null;
