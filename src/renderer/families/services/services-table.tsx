import { ScrollText, Server } from 'lucide-react';
import type { DeploymentDetail } from '#main/features/deployments/contract.ts';
import { isFinal } from '#main/shared/final.ts';
import type { Service } from '#main/shared/result.ts';
import { servicesResultOf } from '#main/shared/result-parts.ts';
import { showTab } from '../../core/panel/panel-store.ts';
import { Button } from '../../ui/button.tsx';
import { Copyable } from '../../ui/copyable.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { StateDot } from '../../ui/state-dot.tsx';
import { Table, Td, Th } from '../../ui/table.tsx';
import { healthTone } from './health.ts';

function Row({ service, gone }: { service: Service; gone: boolean }) {
  const { name, url, health, release, container, containerId } = service;
  return (
    <tr className="group">
      <Td className="font-medium">{name}</Td>
      <Td mono>
        {url === null ? (
          <span className="text-ink-dim">no port</span>
        ) : gone ? (
          <span className="text-ink-dim line-through">{url}</span>
        ) : (
          <span className="inline-flex items-center gap-2">
            <a href={url} target="_blank" rel="noreferrer" className="text-accent hover:underline">
              {url}
            </a>
            <Copyable value={url} what="URL">
              <span className="sr-only">{url}</span>
            </Copyable>
          </span>
        )}
      </Td>
      <Td>
        <span className="inline-flex items-center gap-2">
          <StateDot tone={gone ? 'idle' : healthTone[health]} />
          {gone ? 'replaced or stopped' : health}
        </span>
      </Td>
      <Td end>
        <span className="nums">#{release}</span>
      </Td>
      <Td end>
        <Button
          size="sm"
          icon={<ScrollText aria-hidden="true" size={14} />}
          aria-label={`Log of ${name}`}
          title={container}
          disabled={gone}
          onClick={() => showTab({ kind: 'container', id: containerId, title: name, of: 'app' })}
        >
          Log
        </Button>
      </Td>
    </tr>
  );
}

/** Services with their addresses, states and logs. */
export function ServiceList({ services, gone = false }: { services: Service[]; gone?: boolean }) {
  return (
    <Table label="Services">
      <thead>
        <tr>
          <Th>Service</Th>
          <Th priority={0}>Address</Th>
          <Th priority={1}>Health</Th>
          <Th end priority={2}>
            Release
          </Th>
          <Th>
            <span className="sr-only">Actions</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {services.map((service) => (
          <Row key={service.containerId} service={service} gone={gone} />
        ))}
      </tbody>
    </Table>
  );
}

/** The services that a run started. */
export function ServicesTable({ run }: { run: DeploymentDetail }) {
  const services = servicesResultOf(run.result)?.services ?? [];
  if (services.length > 0) return <ServiceList services={services} gone={run.live === false} />;
  return (
    <EmptyState
      icon={<Server size={22} />}
      title={isFinal(run.status) ? 'This run started no service' : 'No service yet'}
    >
      {isFinal(run.status)
        ? 'The log says how far it came. The previous release keeps running until a new one responds.'
        : 'A service appears here as soon as its container runs, with its address on this machine. The previous release keeps running until the new one responds.'}
    </EmptyState>
  );
}
