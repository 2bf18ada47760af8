import type { SlotProps } from '../../core/feature/slots.ts';
import { useChains } from '../../core/queries/use-chains.ts';
import { Setting } from '../../core/settings/setting.tsx';
import { Section } from '../../ui/section.tsx';
import { Switch } from '../../ui/switch.tsx';
import { GatewayRemedy } from './gateway-remedy.tsx';
import { isOutOfPlace } from './gateway-words.ts';

/** Whether chains that start are behind the gateway, and those that have to start again for it. */
export function GatewaySettings({ settings, change }: SlotProps['settings.sections']) {
  const isOn = settings.gateway === 'on';
  const { data: chains = [] } = useChains();
  const waiting = chains.filter((chain) => isOutOfPlace(chain, isOn));
  return (
    <Section title="Chains">
      <Setting
        name="Gateway"
        of="gateway"
        about="Chains start behind the gateway: pages of other sites can't call them until you allow it, and wallets go on after a revert. A chain that runs takes a restart for it, which keeps its state, snapshots and port."
      >
        <Switch
          isLabelHidden
          label="Gateway"
          checked={isOn}
          onChange={(on) => void change({ gateway: on ? 'on' : 'off' })}
        />
      </Setting>
      {waiting.map(({ name }) => (
        <GatewayRemedy key={name} chain={name} remedy={isOn ? 'restart' : 'leave'} />
      ))}
    </Section>
  );
}
