import { create } from 'zustand';
import { persist } from 'zustand/middleware';

/** What the user chose for the next deploy of a project; null or missing: the default. */
export interface DeployDraft {
  network?: string;
  /** file:Contract */
  script?: string;
  signature?: string;
  /** Texts of the arguments, by `file:Contract signature`. */
  args?: Record<string, string[]>;
  /** Index of an account of the chain. */
  from?: string;
  account?: string;
  passwordFile?: string;
  snapshot?: boolean;
  /** Higher first; missing: 0. */
  priority?: number;
  /** It takes the place of what waits for the same project and network. */
  replaceWaiting?: boolean;
  /** The run whose request this is: Deploy makes it a retry of that one. */
  retryOf?: { id: number; number: number };
}

interface Drafts {
  drafts: Record<number, DeployDraft>;
  change(project: number, change: Partial<DeployDraft>): void;
  fill(project: number, draft: DeployDraft): void;
}

/** Kept in this browser, so that a reload finds the form as it was. Holds no secret. */
export const useDrafts = create<Drafts>()(
  persist(
    (set) => ({
      drafts: {},
      change: (project, change) =>
        set(({ drafts }) => ({
          drafts: { ...drafts, [project]: { ...drafts[project], ...change } },
        })),
      fill: (project, draft) => set(({ drafts }) => ({ drafts: { ...drafts, [project]: draft } })),
    }),
    { name: 'drydock.drafts', version: 1 },
  ),
);

const noDraft: DeployDraft = {};

export function useDraft(project: number): DeployDraft {
  return useDrafts((state) => state.drafts[project]) ?? noDraft;
}
