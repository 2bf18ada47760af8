import { type FormEvent, useState } from 'react';
import { toast } from 'sonner';
import type { Network, NetworkKind } from '#main/features/networks/contract.ts';
import { api, client } from '../../client.ts';
import { Button } from '../../ui/button.tsx';
import { DialogActions } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { Switch } from '../../ui/switch.tsx';
import { ProblemNotice } from '../app/problem-notice.tsx';
import { queryClient } from '../app/query-client.ts';
import { networkInput } from './network-input.ts';

const kinds = [
  { value: 'local', text: 'local', label: 'local', detail: 'an empty chain of your own' },
  { value: 'fork', text: 'fork', label: 'fork', detail: 'your own copy of a network' },
  { value: 'remote', text: 'remote', label: 'remote', detail: 'a network of others' },
] as const satisfies { value: NetworkKind; text: string; label: string; detail: string }[];

export function NetworkForm({ network, onDone }: { network: Network | null; onDone(): void }) {
  const [name, setName] = useState(network?.name ?? '');
  const [kind, setKind] = useState<NetworkKind>(network?.kind ?? 'fork');
  // A stored address may hold a masked secret: it is typed anew or left as it is.
  const [url, setUrl] = useState('');
  const [chainId, setChainId] = useState(network?.chainId?.toString() ?? '');
  const [forkBlock, setForkBlock] = useState(network?.forkBlock?.toString() ?? '');
  const [port, setPort] = useState(network?.port?.toString() ?? '');
  const [keepChainId, setKeepChainId] = useState(network?.keepChainId ?? false);
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<{ error: unknown } | null>(null);

  const draft = { name, kind, url, chainId, forkBlock, port, keepChainId };
  const { input, problems } = networkInput(draft, network);

  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (!input || busy) return;
    setBusy(true);
    setFailed(null);
    try {
      const saved = await client.networks.save(input);
      void queryClient.invalidateQueries({ queryKey: api.networks.key() });
      void queryClient.invalidateQueries({ queryKey: api.chains.list.key() });
      toast.success(`${saved.name} is saved`);
      onDone();
    } catch (error) {
      setFailed({ error });
    } finally {
      setBusy(false);
    }
  };

  return (
    <form onSubmit={save} className="flex flex-col gap-3">
      <div className="grid grid-cols-2 gap-3">
        <Field
          label="Name"
          value={name}
          disabled={network !== null}
          autoFocus={network === null}
          placeholder="my-fork"
          error={name ? problems.name : null}
          onChange={(event) => setName(event.target.value)}
        />
        <div className="flex flex-col gap-1 text-xs">
          <span className="font-medium text-ink-soft">Kind</span>
          <Select<NetworkKind>
            label="Kind"
            value={kind}
            options={[...kinds]}
            plainValue
            onChange={setKind}
          />
        </div>
      </div>
      {kind !== 'local' && (
        <Field
          label={kind === 'fork' ? 'Fork from RPC URL' : 'RPC URL'}
          mono
          placeholder={network?.url ?? 'https://'}
          hint={
            network?.url
              ? 'Leave it empty to keep the address as it is.'
              : kind === 'fork'
                ? 'Where the fork reads the state from.'
                : undefined
          }
          value={url}
          error={url ? problems.url : null}
          onChange={(event) => setUrl(event.target.value)}
        />
      )}
      <div className="grid grid-cols-2 gap-3">
        <Field
          label="Chain id"
          note="optional"
          inputMode="numeric"
          hint={kind === 'remote' ? 'Checked before every deployment.' : 'Empty: one of ours.'}
          value={chainId}
          error={problems.chainId}
          onChange={(event) => setChainId(event.target.value)}
        />
        {kind !== 'remote' && (
          <Field
            label="Port"
            note="optional"
            inputMode="numeric"
            hint="Empty: any free one."
            value={port}
            error={problems.port}
            onChange={(event) => setPort(event.target.value)}
          />
        )}
        {kind === 'fork' && (
          <Field
            label="Fork block"
            note="optional"
            inputMode="numeric"
            hint="Empty: the latest when it starts."
            value={forkBlock}
            error={problems.forkBlock}
            onChange={(event) => setForkBlock(event.target.value)}
          />
        )}
      </div>
      {kind === 'fork' && (
        <div className="flex flex-col gap-1">
          <Switch
            label="Keep the chain id of the original"
            checked={keepChainId}
            onChange={setKeepChainId}
          />
          <p className="text-xs text-ink-dim">
            Wallets then can’t tell the fork from the real network. Leave it off unless a contract
            checks the id.
          </p>
        </div>
      )}
      {failed && <ProblemNotice error={failed.error} />}
      <DialogActions>
        <Button onClick={onDone}>Cancel</Button>
        <Button type="submit" variant="primary" busy={busy} disabled={!input}>
          Save
        </Button>
      </DialogActions>
    </form>
  );
}
