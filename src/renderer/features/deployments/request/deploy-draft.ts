import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import { keysIn } from '#main/shared/key-like.ts';

/** The user's choices for the next deployment of a project; missing: the default. */
export interface DeployDraft {
  /** By the keys of the shown inputs. */
  values?: Record<string, unknown>;
  /** Keys that were typed since the window was opened, by target: there they win over its defaults. */
  typed?: Record<string, readonly string[]>;
  /** Higher first; missing: 0. */
  priority?: number;
  /** It replaces queued runs of the same project and target. */
  replaceWaiting?: boolean;
  /** The run whose request this is: deploying it retries that run. */
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
    {
      name: 'drydock.drafts',
      version: 2,
      partialize: ({ drafts }) => ({ drafts: mapValues(drafts, withoutKeys) }),
    },
  ),
);

/** A typed private key is never stored in the browser; what is stored is no longer just typed. */
function withoutKeys({ typed: _, ...draft }: DeployDraft): DeployDraft {
  return { ...draft, values: draft.values && mapValues(draft.values, kept) };
}

function kept(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(kept);
  return typeof value === 'string' && keysIn(value).length > 0 ? '' : value;
}

const mapValues = <K extends string | number, A, B>(
  values: Record<K, A>,
  change: (value: A) => B,
): Record<K, B> =>
  Object.fromEntries(
    Object.entries<A>(values).map(([key, value]) => [key, change(value)]),
  ) as Record<K, B>;

const noDraft: DeployDraft = {};

export function useDraft(project: number): DeployDraft {
  return useDrafts((state) => state.drafts[project]) ?? noDraft;
}

/** The current draft, outside of a component. */
export const draftOf = (project: number): DeployDraft =>
  useDrafts.getState().drafts[project] ?? noDraft;

/** Sets the value of an input for a deployment to a target. `undefined`: none. */
export function enter(project: number, target: string, key: string, value: unknown): void {
  const { drafts, change } = useDrafts.getState();
  const { values, typed } = drafts[project] ?? noDraft;
  change(project, {
    values: { ...values, [key]: value },
    typed: { ...typed, [target]: [...new Set([...(typed?.[target] ?? []), key])] },
  });
}

/** The defaults of a target have changed: they are shown again. */
export function showDefaults(project: number, target: string): void {
  const { drafts, change } = useDrafts.getState();
  change(project, { typed: { ...drafts[project]?.typed, [target]: [] } });
}
