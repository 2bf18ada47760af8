import { create } from 'zustand';
import type { Container } from '#main/features/containers/contract.ts';

export interface ContainerLogOf {
  id: string;
  title: string;
  kind: Container['kind'];
}

/** The container whose log has a tab in the terminal panel, and whether that is in front. */
export const useContainerLog = create<{ of: ContainerLogOf | null; front: boolean }>(() => ({
  of: null,
  front: false,
}));

export function showContainerLog(of: ContainerLogOf): void {
  useContainerLog.setState({ of, front: true });
}

export function putContainerLogBehind(): void {
  useContainerLog.setState({ front: false });
}

export function closeContainerLog(): void {
  useContainerLog.setState({ of: null, front: false });
}
