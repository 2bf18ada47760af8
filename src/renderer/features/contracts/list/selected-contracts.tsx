import { Braces, Copy, Pin, PinOff } from 'lucide-react';
import { client } from '../../../core/client.ts';
import { useCommands } from '../../../core/commands/use-commands.ts';
import { ask } from '../../../core/questions/question.ts';
import { forEach } from '../../../core/selection/for-each.ts';
import { SelectionBar } from '../../../core/selection/selection-bar.tsx';
import type { Selection } from '../../../core/selection/use-selection.ts';
import { Button } from '../../../ui/button.tsx';
import { copyText } from '../../../ui/copy-text.ts';
import { plural } from '../../../ui/format.ts';
import { saveFile } from '../../../ui/save-file.ts';
import { abisOf } from './abis-of.ts';
import type { ListedContract } from './contract-rows.ts';

const nameOf = ({ name, address, network }: ListedContract) => `${name ?? address} on ${network}`;

const refOf = ({ network, address }: ListedContract) => ({ network, contract: address });

/** What can be done with the marked contracts of a list. */
export function SelectedContracts({
  contracts,
  selection,
}: {
  contracts: readonly ListedContract[];
  selection: Selection<string>;
}) {
  const { busy, run } = useCommands();
  const areAllPinned = contracts.every(({ pinned }) => pinned);
  const foreign = contracts.filter(({ deployment }) => deployment === null);
  const pin = () =>
    forEach({
      ...{ items: contracts, name: nameOf, noun: 'contract' },
      done: areAllPinned ? 'unpinned' : 'pinned',
      act: (one) => client.contracts.pin({ ...refOf(one), pinned: !areAllPinned }),
    });
  const addresses = contracts.map(({ address }) => address).join('\n');
  const askRemoval = () =>
    ask({
      title: `Remove ${plural(foreign.length, 'contract')}?`,
      text: 'Drydock forgets the names and ABIs that were added. Nothing changes on a network.',
      confirm: 'Remove',
      act: () => {
        selection.clear();
        void forEach({
          ...{ items: foreign, name: nameOf, noun: 'contract', done: 'removed' },
          act: (one) => client.contracts.remove(refOf(one)),
        });
      },
    });
  return (
    <SelectionBar selection={selection}>
      <Button
        size="sm"
        icon={iconOf(areAllPinned ? PinOff : Pin)}
        busy={busy === 'pin'}
        onClick={() => void run('pin', pin)}
      >
        {areAllPinned ? 'Unpin' : 'Pin'}
      </Button>
      <Button
        size="sm"
        icon={iconOf(Copy)}
        onClick={() =>
          void copyText(addresses, plural(contracts.length, 'address', 'addresses'), {
            isLong: true,
          })
        }
      >
        Copy addresses
      </Button>
      <Button
        size="sm"
        icon={iconOf(Braces)}
        busy={busy === 'abis'}
        onClick={() =>
          void run('abis', async () =>
            saveFile('abis.json', 'application/json', await abisOf(contracts)),
          )
        }
      >
        Export ABIs
      </Button>
      {foreign.length > 0 && (
        <Button variant="danger" size="sm" onClick={askRemoval}>
          {foreign.length === contracts.length ? 'Remove…' : `Remove ${foreign.length} added…`}
        </Button>
      )}
    </SelectionBar>
  );
}

const iconOf = (Icon: typeof Pin) => <Icon aria-hidden="true" size={13} />;
