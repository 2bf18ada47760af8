import { ShieldQuestion } from 'lucide-react';
import { useLocation } from 'wouter';
import type { SlotProps } from '../../core/feature/slots.ts';
import { upgradePath } from '../../core/paths.ts';
import { Button } from '../../ui/button.tsx';

/** Leads from a proxy to what an upgrade of it would break. */
export function UpgradeButton({ network, address }: SlotProps['proxy.actions']) {
  const [, navigate] = useLocation();
  return (
    <Button
      size="sm"
      icon={<ShieldQuestion aria-hidden="true" size={14} />}
      title="What another implementation would break; changes nothing"
      onClick={() => navigate(upgradePath(network, address))}
    >
      Check an upgrade…
    </Button>
  );
}
