import { useQuery } from '@tanstack/react-query';
import { chooseTarget } from '../../core/chosen-target.ts';
import { api } from '../../core/client.ts';
import { useTarget } from '../../core/queries/use-target.ts';
import { chainTone, chainWord } from '../../core/words/chain-words.ts';
import { Select } from '../../ui/select.tsx';
import { StateDot } from '../../ui/state-dot.tsx';

/** Chooses the network of a project's next deployment. */
export function TargetPicker({ project }: { project: number }) {
  const networks = useQuery(api.networks.list.queryOptions()).data ?? [];
  const chains = useQuery(api.chains.list.queryOptions()).data ?? [];
  const network = useTarget(project);
  return (
    <Select
      label="Network"
      value={network?.name ?? null}
      onChange={(name) => chooseTarget(project, name)}
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
