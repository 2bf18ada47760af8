import { EventEmitter } from 'node:events';
import { events } from './events.ts';

/**
 * An object whose missing members are told by name: a shell that begins to use one fails at once,
 * where it would otherwise get `undefined`, or set what nobody reads.
 */
export function strict<Part extends object>(name: string, part: Part): Part {
  const missing = (key: string) => new Error(`the stand-in has no ${name}.${key}`);
  return new Proxy(part, {
    get(target, key, receiver) {
      // Asked of every object that is awaited or printed.
      if (typeof key === 'string' && !(key in target) && key !== 'then' && key !== 'toJSON')
        throw missing(key);
      const value = Reflect.get(target, key, target === receiver ? receiver : target);
      return typeof value === 'function' && !isClass(value) ? value.bind(target) : value;
    },
    set(target, key, value) {
      if (typeof key === 'string' && !(key in target)) throw missing(key);
      return Reflect.set(target, key, value);
    },
  });
}

const isClass = (value: object): boolean => 'prototype' in value;

/** Refuses listeners for events that the stand-in never emits: they would wait forever. */
export abstract class StrictEmitter extends EventEmitter {
  protected abstract readonly of: keyof typeof events;

  override on(name: string, listener: (...args: never[]) => void): this {
    if (!events[this.of].includes(name)) {
      throw new Error(`the stand-in's ${this.of} has no event "${name}"`);
    }
    return super.on(name, listener as (...args: unknown[]) => void);
  }
}

/** Refuses options that the stand-in doesn't know. */
export function checkOptions(name: string, given: object, known: readonly string[]): void {
  const unknown = Object.keys(given).filter((key) => !known.includes(key));
  if (unknown.length > 0) throw new Error(`the stand-in's ${name} knows no ${unknown.join(', ')}`);
}
