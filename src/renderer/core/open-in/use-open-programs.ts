import { useQuery } from '@tanstack/react-query';
import type { OpenPlace, OpenProgram } from '#main/features/open-in/contract.ts';
import { api } from '../client.ts';
import { useSettings } from '../queries/use-settings.ts';

const none: OpenProgram[] = [];

/** The programs that open something on the machine of the core, the chosen one first. */
export function useOpenPrograms(place: OpenPlace): OpenProgram[] {
  const programs = useQuery(api.openIn.programs.queryOptions({ staleTime: 60_000 })).data;
  const { settings } = useSettings();
  const all = programs?.[place] ?? none;
  const chosen = place === 'files' ? undefined : settings?.[place];
  return all.toSorted((a, b) => Number(b.id === chosen) - Number(a.id === chosen));
}
