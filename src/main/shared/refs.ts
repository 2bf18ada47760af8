import { z } from 'zod';

// What is named in passing, in results and events of other things.

/** A deployment as it is called: `vault #3`. */
export const briefRef = z.object({ id: z.int(), number: z.int(), project: z.string() });
export type BriefRef = z.infer<typeof briefRef>;

export const snapshotRef = z.object({ id: z.int(), name: z.string() });
export type SnapshotRef = z.infer<typeof snapshotRef>;

export const namedProject = z.object({ id: z.int(), name: z.string() });

/** A deployment with where it went, for who has not seen it yet. */
export const deploymentRef = z.object({
  id: z.int(),
  number: z.int().describe('counts within the project'),
  project: namedProject,
  target: z.string().describe('name of the network, or of the engine'),
  title: z.string().describe('what was deployed, in one line'),
});
export type DeploymentRef = z.infer<typeof deploymentRef>;
