import { useQuery } from '@tanstack/react-query';
import { api } from '../../client.ts';
import { Select } from '../../ui/select.tsx';
import { StateDot } from '../../ui/state-dot.tsx';
import { chainTone, chainWord } from '../chains/chain-words.ts';
import { useDrafts } from './deploy-draft.ts';
import { useChoice } from './use-choice.ts';

/** Where the next deploy of a project goes. */
export function NetworkPicker({ project }: { project: number }) {
  const networks = useQuery(api.networks.list.queryOptions()).data ?? [];
  const chains = useQuery(api.chains.list.queryOptions()).data ?? [];
  const { network } = useChoice(project);
  const change = useDrafts((state) => state.change);
  return (
    <Select
      label="Network"
      value={network?.name ?? null}
      onChange={(name) => change(project, { network: name })}
      options={networks.map((one) => {
        const chain = chains.find(({ name }) => name === one.name);
        const id = chain?.chainId ?? one.chainId;
        return {
          value: one.name,
          text: one.name,
          label: (
            <span className="inline-flex items-center gap-2">
              <StateDot
                tone={chain ? chainTone(chain) : 'idle'}
                label={chain ? chainWord(chain) : 'remote'}
              />
              {one.name}
            </span>
          ),
          detail: id === null ? one.kind : String(id),
        };
      })}
    />
  );
}
