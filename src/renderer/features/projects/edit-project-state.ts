import { create } from 'zustand';
import type { Project } from '#main/features/projects/contract.ts';

/** The Edit project dialog. null: it is closed. */
export const useEditProject = create<{ project: Project | null }>(() => ({ project: null }));

export function openEditProject(project: Project): void {
  useEditProject.setState({ project });
}

export function closeEditProject(): void {
  useEditProject.setState({ project: null });
}
