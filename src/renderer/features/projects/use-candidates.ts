import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Candidate } from '#main/shared/kind.ts';
import { api } from '../../core/client.ts';
import { queryClient } from '../../core/query-client.ts';

/** The disk is read once typing stops. */
const PAUSE_MS = 150;

// The disk changes without an event.
const detected = (path: string) =>
  api.projects.detect.queryOptions({ input: { path }, staleTime: 2000, retry: false });

/** What a folder and those below it can be added as. Rejects for a path that isn't a folder. */
export const candidatesIn = async (path: string): Promise<Candidate[]> =>
  (await queryClient.fetchQuery(detected(path))).candidates;

/** The same, while a path is typed; undefined until it is known, and when it isn't a folder. */
export function useCandidates(typed: string): Candidate[] | undefined {
  const [path, setPath] = useState(typed);
  useEffect(() => {
    const timer = setTimeout(() => setPath(typed), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  const { data, isError } = useQuery({ ...detected(path), enabled: path !== '' });
  return path === typed && !isError ? data?.candidates : undefined;
}
