import type { AbiEvent, Hex } from 'viem';
import { signatureOf } from '../../eth/inside/abi-index.ts';
import { eventsNamed, topicOf, valueTopic } from '../../eth/inside/event-topics.ts';
import { readArguments } from '../../eth/typed-arguments.ts';
import type { AddressOf } from '../../shared/address-of.ts';
import { AppError } from '../../shared/errors.ts';
import type { EventsInput } from './contract/events.ts';
import type { OpenContract } from './open-contract.ts';

/** What `eth_getLogs` takes; empty: every event. */
export type Topics = (Hex | Hex[] | null)[];

/** Throws EVENT_NOT_FOUND, BAD_ARGUMENT. */
export function topicsOf(
  opened: OpenContract,
  { event, where }: Pick<EventsInput, 'event' | 'where'>,
  addressOf: AddressOf,
): Topics {
  const conditions = Object.entries(where);
  if (event === undefined) {
    if (conditions.length === 0) return [];
    throw bad('Name the event whose arguments are looked for.');
  }
  const found = eventsOf(opened, event);
  const [only] = found;
  if (!only) throw noEvent(opened, event);
  if (conditions.length === 0) return [found.map(topicOf)];
  if (found.length > 1) {
    throw bad(
      `There are several: ${found.map(signatureOf).join(', ')}. Give the signature of one.`,
    );
  }
  return [topicOf(only), ...indexedTopics(only, new Map(conditions), addressOf)];
}

/** What was behind a proxy before may have written events that what is there now does not have. */
function eventsOf({ abi, known, names }: OpenContract, event: string): AbiEvent[] {
  const found = eventsNamed(abi, event);
  if (found.length > 0 || !known?.proxy) return found;
  const [name = ''] = event.replace(/^event\s+/, '').split('(');
  return eventsNamed(names.eventsNamed(name.trim()), event);
}

function indexedTopics(
  event: AbiEvent,
  conditions: Map<string, string>,
  addressOf: AddressOf,
): (Hex | null)[] {
  const indexed = event.inputs.filter((input) => input.indexed);
  const others = [...conditions.keys()].filter((name) => !indexed.some((one) => one.name === name));
  if (others.length > 0) {
    const has = indexed.map(({ name }) => name).join(', ') || 'none';
    throw bad(`${event.name} can't be filtered by ${others.join(', ')}: indexed are ${has}.`);
  }
  return indexed.map((input) => {
    const text = conditions.get(input.name ?? '');
    if (text === undefined) return null;
    const of = { signature: event.name, inputs: [input], field: 'where', addressOf };
    const topic = valueTopic(input.type, readArguments(of, [text])[0]?.value);
    if (topic) return topic;
    throw bad(`Events can't be filtered by a ${input.type}: logs hold nothing but its hash.`);
  });
}

const bad = (message: string): AppError =>
  new AppError('BAD_ARGUMENT', message, { field: 'where' });

function noEvent({ abi, called }: OpenContract, event: string): AppError {
  const all = abi.filter((one): one is AbiEvent => one.type === 'event').map(signatureOf);
  const has = all.length > 0 ? `It has: ${[...new Set(all)].join(', ')}.` : 'Its ABI has none.';
  return new AppError('EVENT_NOT_FOUND', `${called} has no event "${event.slice(0, 80)}". ${has}`, {
    field: 'event',
  });
}
