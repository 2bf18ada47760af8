import { expect } from 'vitest';
import { defaultRetention } from '#main/features/data/contract.ts';
import { settingsShape } from '#main/features/settings/contract.ts';
import { ON_DEMAND } from '#main/shared/mining.ts';
import type { Row } from './rows.ts';

/** What the released version wrote and answered, under the names that this version has for it. */

/** A row of before, as far as it stands in its table still. */
export function rowToday(table: string, row: Row): Row {
  switch (table) {
    case 'deployments':
      return deploymentRow(row);
    case 'deployment_counts': {
      const { network: target, ...rest } = row;
      return { ...rest, target };
    }
    case 'events':
      return String(row.type).startsWith('deployment.')
        ? { ...row, data: expect.stringContaining('"target":') }
        : row;
    default:
      return row;
  }
}

function deploymentRow(row: Row): Row {
  const { network, script, signature, args, sender, request, chain_id, gas_used, ...rest } = row;
  const { phases, transaction_counts: _, ...kept } = rest;
  const asked = request === '{}' && sender !== null ? { from: sender } : parsed(request);
  const whole = { ...asked, script, sig: signature, args: parsed(args) };
  const chain = `"chainId":${chain_id},"sender":${JSON.stringify(sender)},`;
  return {
    ...kept,
    ...{ kind: 'foundry', family: 'contracts', target: network },
    title: `${script} ${signature}`,
    input: JSON.stringify(whole),
    phases: JSON.stringify(parsed(phases).map(phaseToday)),
    ...(chain_id === null && gas_used === null ? {} : { result: expect.stringContaining(chain) }),
  };
}

const parsed = (text: unknown) => JSON.parse(String(text));
const phaseToday = ({ name: id, ...phase }: Row): Row => ({ id, ...phase });

/** An answer of before, or a part of one. */
export function answerToday(answer: unknown): unknown {
  if (Array.isArray(answer)) return answer.map(answerToday);
  if (answer === null || typeof answer !== 'object') return answer;
  const fields = Object.entries(answer).map(([name, value]) => [name, answerToday(value)]);
  const all: Row = Object.fromEntries(fields);
  if (all.type === 'transactions') return resultEvent(all);
  if (all.type === 'deployment.ended' && 'deployment' in all) return endedEvent(all);
  if (all.name === 'deployments.csv') return { ...all, text: expect.stringMatching(/^id,/) };
  if ('compile' in all && 'broadcast' in all) return { ...noLimits, ...all };
  if (Array.isArray(all.facts)) return { ...all, facts: expect.any(Array), services: [] };
  if ('cacheDays' in all) return { ...defaultRetention, ...all };
  if ('compileCacheTtl' in all) return settingsShape.parse(all);
  if ('rpcUrl' in all && 'ownEngine' in all) {
    const controls = {
      ...{ mining: ON_DEMAND, next: null, pending: null },
      differs: expect.any(Array),
    };
    const since = { sinceSnapshot: expect.toBeOneOf([null, expect.any(Object)]) };
    const head = { blockHash: null, blockParentHash: null };
    const creation = {
      ...{ hardfork: null, chainId: null, accounts: null, balance: null },
      ownMnemonic: false,
    };
    return {
      ...all,
      ...head,
      ...since,
      creation,
      gateway: 'on',
      behindGateway: false,
      ...controls,
    };
  }
  if ('durable' in all && 'automatic' in all) {
    return {
      ...{ ...all, note: '', pinned: false },
      run: expect.toBeOneOf([null, expect.any(Object)]),
      // Each follows the one before it.
      parent: expect.toBeOneOf([null, expect.any(Number)]),
    };
  }
  if ('keepChainId' in all) return { ...all, headers: [], label: '', color: null, group: '' };
  if ('trustedBy' in all) return { ...all, toolVersions: {}, color: null, group: '' };
  if ('transactionHash' in all && 'nested' in all) return { ...all, label: null };
  if ('checkedAt' in all) return named(all);
  if ('script' in all && 'signature' in all && 'status' in all) return deploymentToday(all);
  return 'network' in all && 'project' in all ? { ...named(all), title: expect.any(String) } : all;
}

/** What a call is asked with. */
export function inputToday(call: string, input: unknown): unknown {
  const listed = /^(history|deployments)\.(list|search|exportList)$/.test(call);
  return listed && 'network' in (input as Row) ? named(input as Row) : input;
}

const noLimits = { source: null, prepare: null, record: null };

const named = ({ network: target, ...rest }: Row): Row => ({ ...rest, target });

/** Of the journal. */
function resultEvent({ transactions, ...event }: Row): Row {
  const nothing = { chainId: null, sender: null, source: null, contracts: [] };
  return { ...event, type: 'result', result: { family: 'contracts', ...nothing, transactions } };
}

function endedEvent({ contractCount, transactions, gasUsed, ...event }: Row): Row {
  const nothing = contractCount === 0 && gasUsed === null;
  const summary = { family: 'contracts', contractCount, gasUsed };
  const counts = transactions ? { transactionCounts: transactions } : {};
  return {
    ...event,
    summary: nothing ? null : expect.objectContaining({ ...summary, ...counts }),
  };
}

/** In a list of deployments or of the history, or whole. */
function deploymentToday(old: Row): Row {
  const { network, chainId, script, signature, contractCount, gasUsed, ...others } = old;
  const { args, from: sender, transactionCounts, request, ...more } = others;
  const { phases, contracts, transactions, ...rest } = more;
  const counts = transactionCounts as { planned: number } | undefined;
  const nothing = chainId === null && gasUsed === null && !contractCount && !counts?.planned;
  const summary = { family: 'contracts', chainId, contractCount, gasUsed };
  const inList = 'args' in old ? { input: expect.objectContaining({ script, args }) } : {};
  const whole = Array.isArray(phases) && {
    input: { ...(request as Row), script, sig: signature, args },
    phases: (phases as Row[]).map(phaseToday),
    result: nothing
      ? null
      : { family: 'contracts', chainId, sender, source: null, contracts, transactions },
  };
  return {
    ...rest,
    // The history lists none.
    ...('deadLetter' in rest ? { review: null } : {}),
    ...{ kind: 'foundry', family: 'contracts', target: network },
    title: `${script} ${signature}`,
    summary: nothing
      ? null
      : expect.objectContaining(counts ? { ...summary, transactionCounts: counts } : summary),
    ...inList,
    ...whole,
  };
}
