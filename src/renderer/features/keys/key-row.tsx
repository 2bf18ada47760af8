import type { Key } from '#main/features/keys/contract.ts';
import { client } from '../../core/client.ts';
import { useCommand } from '../../core/commands/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { Copyable } from '../../ui/copyable.tsx';
import { Menu } from '../../ui/menu.tsx';
import { Td } from '../../ui/table.tsx';
import type { KeyDialog } from './key-dialogs.tsx';

interface KeyRowProps {
  of: Key;
  onAsk(dialog: KeyDialog): void;
}

const passwords: Record<Key['password'], string> = {
  asked: 'asked for',
  kept: 'kept, sealed',
  unreadable: 'can’t be read',
};

export function KeyRow({ of: key, onAsk }: KeyRowProps) {
  const { name, address, problem } = key;
  const isUnlocked = key.unlockedUntil !== null;
  const lock = useCommand(() => client.keys.lock({ name }));
  const unlock = useCommand(() => client.keys.grant({ name }));
  return (
    <tr className="group">
      <Td className="font-medium">{name}</Td>
      <Td mono>
        {address === null ? (
          <span className="text-ink-dim">known once it is unlocked</span>
        ) : (
          <Copyable value={address} what="address">
            {address}
          </Copyable>
        )}
      </Td>
      <Td>{passwords[key.password]}</Td>
      <Td>
        {problem ? (
          <span className="text-bad">{problem}</span>
        ) : isUnlocked ? (
          <span className="text-warn">unlocked for a minute</span>
        ) : (
          <span className="text-ink-dim">locked</span>
        )}
      </Td>
      <Td end>
        <span className="inline-flex items-center gap-1.5">
          {isUnlocked ? (
            <Button size="sm" busy={lock.busy} onClick={() => void lock.send(undefined)}>
              Lock
            </Button>
          ) : (
            <Button
              size="sm"
              busy={unlock.busy}
              disabled={problem !== null}
              onClick={() =>
                key.password === 'kept'
                  ? void unlock.send(undefined)
                  : onAsk({ what: 'unlock', name })
              }
            >
              Unlock
            </Button>
          )}
          <Menu
            label={`More about ${name}`}
            items={[
              { label: 'Delete…', danger: true, onSelect: () => onAsk({ what: 'remove', name }) },
            ]}
          />
        </span>
      </Td>
    </tr>
  );
}
