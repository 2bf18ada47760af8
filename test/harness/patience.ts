import { vi } from 'vitest';

/**
 * What tests wait for comes within milliseconds where the machine lets it. A second, as Vitest has
 * it, is no long time where it doesn't. `expect.poll` has the same limit from the configuration.
 */
const PATIENCE_MS = 60_000;

const { waitFor, waitUntil } = vi;

type Limits = number | { timeout?: number; interval?: number };

const patient = (limits: Limits = {}): Limits =>
  typeof limits === 'number' ? limits : { timeout: PATIENCE_MS, ...limits };

vi.waitFor = (work, limits) => waitFor(work, patient(limits));
vi.waitUntil = (work, limits) => waitUntil(work, patient(limits));
