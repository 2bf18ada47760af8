import { z } from 'zod';
import type { CompiledContract } from './compiled-contract.ts';

/** Where a library's address goes into creation code. */
export interface CodeLink {
  /** The library's source file as the compiler knows it. */
  source: string;
  library: string;
  /** Byte of the first of its 20. */
  start: number;
}

/** A contract whose creation code can be linked. */
export interface LinkableContract extends CompiledContract {
  links: readonly CodeLink[];
}

const linkReferences = z.record(
  z.string(),
  z.record(z.string(), z.array(z.object({ start: z.int().nonnegative() }))),
);

/** https://docs.soliditylang.org/en/latest/using-the-compiler.html#output-description */
export const readLinks = (written: unknown): CodeLink[] =>
  Object.entries(linkReferences.safeParse(written ?? {}).data ?? {}).flatMap(
    ([source, libraries]) =>
      Object.entries(libraries).flatMap(([library, places]) =>
        places.map(({ start }) => ({ source, library, start })),
      ),
  );

const ADDRESS_DIGITS = 40;

/**
 * Creation code with the addresses of libraries, hex digits without 0x.
 *
 * @param addressOf with 0x
 */
export function linkedCode(
  { creationCode, links }: Pick<LinkableContract, 'creationCode' | 'links'>,
  addressOf: (link: CodeLink) => string,
): string {
  let code = creationCode;
  for (const link of links) {
    const at = link.start * 2;
    const digits = addressOf(link).slice(2).toLowerCase();
    code = code.slice(0, at) + digits + code.slice(at + ADDRESS_DIGITS);
  }
  return code;
}
