import { useLocation } from 'wouter';
import { Select } from '../../ui/select.tsx';
import { useNetworks } from '../queries/use-networks.ts';
import { networkOption } from './network-option.ts';

interface NetworkSelectProps {
  network: string;
  /** The same page for another network. */
  path(network: string): string;
}

/** Which network a page is about, and the way to the same page of another. */
export function NetworkSelect({ network, path }: NetworkSelectProps) {
  const [, navigate] = useLocation();
  const networks = useNetworks().data ?? [];
  return (
    <Select
      label="Network"
      value={network}
      options={networks.map(networkOption)}
      placeholder={network}
      plainValue
      onChange={(name) => navigate(path(name))}
      className="max-w-44"
    />
  );
}
