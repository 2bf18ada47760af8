import { statfs } from 'node:fs/promises';
import os from 'node:os';
import type { Machine, RunsInsight, RunsInsightInput, Standing } from './contract.ts';
import { runsInsight } from './runs-insight.ts';
import type { InsightsStore } from './store.ts';

export interface InsightsDependencies {
  store: InsightsStore;
  /** The data folder. */
  home: string;
  project: (ref: string | number) => { id: number };
}

export function insightsService({ store, home, project }: InsightsDependencies) {
  return {
    runs: ({ days, project: ref }: RunsInsightInput): RunsInsight =>
      runsInsight(store, {
        days,
        project: ref === undefined ? null : project(ref).id,
        now: new Date(),
      }),
    standing: (): Standing[] => store.standing(),
    async machine(): Promise<Machine> {
      const { bsize, blocks, bavail } = await statfs(home);
      return {
        memory: {
          // Without a limit of its own, a process is told one that no machine has.
          totalBytes: Math.min(process.constrainedMemory() || Infinity, os.totalmem()),
          availableBytes: process.availableMemory(),
        },
        disk: { totalBytes: bsize * blocks, availableBytes: bsize * bavail },
      };
    },
  };
}

export type InsightsService = ReturnType<typeof insightsService>;
