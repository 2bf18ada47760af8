import { FlaskConical, Send } from 'lucide-react';
import { useState } from 'react';
import type { SentCall } from '#main/features/contracts/contract/calls.ts';
import type { ContractDetail } from '#main/features/contracts/contract/detail.ts';
import { client } from '../../../core/client.ts';
import { useCommand } from '../../../core/commands/use-command.ts';
import { type CallPlace, useCallDraft } from '../../../core/inside/call-drafts.ts';
import type { AddressNames } from '../../../core/inside/value-text.ts';
import { problemOf } from '../../../core/problems/problem.ts';
import { KnownProblem, ProblemNotice } from '../../../core/problems/problem-notice.tsx';
import { useNetworks } from '../../../core/queries/use-networks.ts';
import type { FormContext } from '../../../families/contracts/abi/form-context.ts';
import { Button } from '../../../ui/button.tsx';
import { FieldProblem } from '../../../ui/field.tsx';
import { CallFields } from './call-fields.tsx';
import type { ContractFunction } from './contract-function.ts';
import { CopyCall } from './copy-call.tsx';
import { SaveCall } from './save-call.tsx';
import { SenderAndValue } from './sender-and-value.tsx';
import { SentCard } from './sent-card.tsx';
import { SimulationCard } from './simulation-card.tsx';
import { useCall } from './use-call.ts';
import { useSimulation } from './use-simulation.ts';

interface WriteFormProps {
  detail: ContractDetail;
  one: ContractFunction;
  names: AddressNames;
  form: Omit<FormContext, 'onEnter'>;
}

/** One function with its arguments, sender and value: what it would do is shown before it is sent. */
export function WriteForm({ detail, one, names, form }: WriteFormProps) {
  const { network, address } = detail;
  const place: CallPlace = { network, address, signature: one.signature };
  const { from, value } = useCallDraft(place);
  const { input, problem } = useCall(place, one);
  const isRemote = useNetworks().data?.find(({ name }) => name === network)?.kind === 'remote';
  const [hasTried, setHasTried] = useState(false);
  const call = { ...input, from: from?.trim() || undefined, value: value?.trim() || undefined };
  const simulation = useSimulation(call, problem === null);
  const wouldFail = !simulation.isStale && simulation.result?.succeeds === false;
  const [sent, setSent] = useState<SentCall | null>(null);
  const sending = useCommand((force: boolean) => client.contracts.send({ ...call, force }), {
    ...{ inPlace: true, done: setSent },
  });
  const send = () => {
    setHasTried(true);
    if (problem !== null || isRemote) return;
    setSent(null);
    void sending.send(wouldFail);
  };
  const simulate = () => {
    setHasTried(true);
    if (problem === null) simulation.now();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the key comes from the fields inside
    <div
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        event.stopPropagation();
        send();
      }}
      className="flex flex-col gap-3 p-3"
    >
      <CallFields
        place={place}
        one={one}
        texts={input.arguments}
        form={{ ...form, onEnter: simulate }}
      />
      <SenderAndValue
        {...{ place, one, form, call }}
        isComplete={problem === null}
        onEnter={simulate}
      />
      {simulation.error ? (
        <ProblemNotice error={simulation.error} onRetry={simulation.now} />
      ) : (
        simulation.result && (
          <SimulationCard
            network={network}
            result={simulation.result}
            names={names}
            isStale={simulation.isStale || problem !== null}
          />
        )
      )}
      {isRemote && (
        <p className="text-sm text-ink-soft">
          Nothing is sent to {network} from here: Drydock holds no key for it. Simulate the call,
          send it on a fork of {network}, or copy it for a tool that has the key.
        </p>
      )}
      <div className="flex min-w-0 flex-wrap items-center gap-2">
        {!isRemote && (
          <Button
            variant={wouldFail ? 'default' : 'primary'}
            icon={<Send aria-hidden="true" size={14} />}
            shortcut="Ctrl+↵"
            busy={sending.busy}
            onClick={send}
          >
            {wouldFail ? 'Send all the same' : 'Send'}
          </Button>
        )}
        <Button
          icon={<FlaskConical aria-hidden="true" size={14} />}
          shortcut="↵"
          busy={simulation.isRunning}
          onClick={simulate}
        >
          Simulate
        </Button>
        {hasTried && problem && <FieldProblem>{problem}</FieldProblem>}
        <span className="flex-1" />
        <SaveCall call={call} disabled={problem !== null} />
        <CopyCall call={{ ...call, sends: true }} disabled={problem !== null} />
      </div>
      {sending.error ? (
        <KnownProblem
          problem={problemOf(sending.error)}
          onFixed={(result) => {
            sending.clear();
            setSent(result as SentCall);
          }}
        />
      ) : (
        sent && <SentCard network={network} sent={sent} names={names} />
      )}
    </div>
  );
}
