import {
  type ListStatus,
  listStatus,
  type Trigger,
  trigger,
} from '#main/features/deployments/contract.ts';
import type { HistoryFilter } from '#main/features/history/contract.ts';
import { historyPath } from '../../core/paths.ts';

/** The history's filter, as in its address. */
export interface HistoryView {
  text?: string;
  project?: number;
  network?: string;
  status?: ListStatus[];
  branch?: string;
  commit?: string;
  trigger?: Trigger;
  tag?: string;
  pinned?: boolean;
  live?: boolean;
  /** Failed runs that wait for a decision; of the rest of the filter, project and network hold. */
  attention?: boolean;
  since?: Since;
}

const spans = { day: 86_400_000, week: 604_800_000, month: 2_592_000_000 } as const;
export type Since = keyof typeof spans;
export const sinceWords: Record<Since, string> = {
  day: 'last 24 hours',
  week: 'last 7 days',
  month: 'last 30 days',
};

/** The filter as one segment of a path, e.g. `network=local&status=failed`; empty for no filter. */
export function viewSegment(view: HistoryView): string {
  const parameters = new URLSearchParams();
  const { status, ...rest } = view;
  for (const [name, value] of Object.entries(rest)) {
    if (value !== undefined && value !== '' && value !== false) parameters.set(name, String(value));
  }
  for (const one of status ?? []) parameters.append('status', one);
  // Browsers and routers decode percent signs, some of them twice.
  return parameters.toString().replaceAll('%', '~');
}

/** Parses a segment; ignores what it does not understand. */
export function parseView(segment: string): HistoryView {
  const parameters = new URLSearchParams(segment.replaceAll('~', '%'));
  const text = (name: string) => parameters.get(name) || undefined;
  const project = Number(text('project'));
  const commit = text('commit');
  const tag = text('tag');
  const since = text('since');
  return {
    text: text('text')?.slice(0, 500),
    project: Number.isSafeInteger(project) && project > 0 ? project : undefined,
    network: text('network')?.slice(0, 200),
    status: listOf(parameters.getAll('status')),
    branch: text('branch')?.slice(0, 500),
    commit: commit && /^[0-9a-fA-F]{1,40}$/.test(commit) ? commit : undefined,
    trigger: trigger.safeParse(text('trigger')).data,
    tag: tag && /^[^\s,]{1,40}$/.test(tag) ? tag : undefined,
    pinned: text('pinned') === 'true' || undefined,
    live: text('live') === 'true' || undefined,
    attention: text('attention') === 'true' || undefined,
    since: since !== undefined && since in spans ? (since as Since) : undefined,
  };
}

function listOf(values: string[]): ListStatus[] | undefined {
  const known = values.flatMap((value) => listStatus.safeParse(value).data ?? []);
  return known.length > 0 ? [...new Set(known)] : undefined;
}

export function viewPath(view: HistoryView): string {
  const segment = viewSegment(view);
  return segment === '' ? historyPath : `${historyPath}/${segment}`;
}

/** The core's query. `since` counts back from the full hour, so that repeated queries are equal. */
export function filterOf(view: HistoryView, now: number): HistoryFilter {
  const { text: _, attention: __, since, network, ...rest } = view;
  const filter = { ...rest, target: network };
  const hour = Math.floor(now / 3_600_000) * 3_600_000;
  return since === undefined ? filter : { ...filter, from: hour - spans[since] };
}

export function isFiltered(view: HistoryView): boolean {
  return viewSegment(view) !== '';
}
