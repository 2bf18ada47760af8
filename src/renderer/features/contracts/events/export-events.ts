import type { ContractEvents } from '#main/features/contracts/contract/events.ts';
import { eventsCsv } from '#main/shared/events-csv.ts';
import { client } from '../../../core/client.ts';
import { saveFile } from '../../../ui/save-file.ts';
import type { EventFilter } from './use-events.ts';

/** More than a spreadsheet is good for. */
const most = 50_000;

export interface ExportedEvents {
  network: string;
  address: string;
  name: string;
  filter: EventFilter;
}

/** Saves all events that the filter lets through as a file. */
export async function exportEvents(
  { network, address, name, filter }: ExportedEvents,
  as: 'csv' | 'json',
): Promise<void> {
  const events: ContractEvents['events'] = [];
  for (let before: number | undefined; events.length < most; ) {
    const page = await client.contracts.events({
      ...{ network, contract: address, before, limit: 1000 },
      ...filter,
    });
    events.push(...page.events);
    if (page.next === null) break;
    before = page.next;
  }
  const file = `${name}-events-${network}.${as}`;
  if (as === 'csv') saveFile(file, 'text/csv', eventsCsv(events));
  else saveFile(file, 'application/json', `${JSON.stringify(events, null, 2)}\n`);
}
