import { type RefObject, useEffect, useRef } from 'react';
import { create } from 'zustand';
import { useChosenTargets } from '../../../core/chosen-target.ts';
import type { Problem } from '../../../core/problems/problem.ts';
import { type DeployDraft, draftOf, useDraft } from '../request/deploy-draft.ts';

/** Why a deployment was not started. */
export interface StartProblem extends Pick<Problem, 'message' | 'fix' | 'otherFixes'> {
  code?: string;
  /** Key of the wrong input; undefined: it is about the form as a whole. */
  name?: string;
  /** Of a call's arguments, the position of the wrong one. */
  argument?: number;
}

/** The content of the form then: after a change, the problem no longer applies. */
interface About {
  draft: DeployDraft;
  target: string | undefined;
}

interface StartProblems {
  problems: Record<number, StartProblem & { about: About }>;
  /** The project whose wrong field has not received the focus yet. */
  unfocused: number | null;
}

const useStartProblems = create<StartProblems>(() => ({ problems: {}, unfocused: null }));

const targetOf = (project: number) => useChosenTargets.getState().targets[project];

/** Shows in the form why its deployment was not started, and moves the focus to the wrong field. */
export function showStartProblem(project: number, problem: StartProblem): void {
  const about = { draft: draftOf(project), target: targetOf(project) };
  useStartProblems.setState(({ problems }) => ({
    problems: { ...problems, [project]: { ...problem, about } },
    unfocused: project,
  }));
}

export function clearStartProblem(project: number): void {
  useStartProblems.setState(({ problems: { [project]: _, ...problems } }) => ({ problems }));
}

/** Null once the form's content has changed. */
export function useStartProblem(project: number): StartProblem | null {
  const problem = useStartProblems(({ problems }) => problems[project]);
  const draft = useDraft(project);
  const target = useChosenTargets(({ targets }) => targets[project]);
  return problem && problem.about.draft === draft && problem.about.target === target
    ? problem
    : null;
}

/** Moves the focus into an element once it is wrong: of several arguments, to the wrong one. */
export function useFocusAtFault<E extends HTMLElement>(
  project: number,
  problem: StartProblem | null,
): RefObject<E | null> {
  const element = useRef<E>(null);
  const unfocused = useStartProblems((state) => state.unfocused === project);
  useEffect(() => {
    if (!problem || !unfocused) return;
    const places = element.current?.querySelectorAll('[data-argument]');
    const place = places?.[problem.argument ?? 0] ?? element.current;
    place
      ?.querySelector<HTMLElement>(':is(input, textarea, button):not([aria-hidden="true"])')
      ?.focus();
    useStartProblems.setState({ unfocused: null });
  }, [problem, unfocused]);
  return element;
}

/**
 * The problem for an error of the core, which names the fields of its inputs within the request's.
 */
export function startProblemOf({ code, message, fix, otherFixes, field }: Problem): StartProblem {
  const [name, position] = field?.replace(/^input\./, '').split('.') ?? [];
  const argument = position !== undefined && /^\d+$/.test(position) ? Number(position) : undefined;
  return { code, message, fix, otherFixes, name, argument };
}
