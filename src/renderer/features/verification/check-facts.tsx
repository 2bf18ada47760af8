import {
  type CodeCheck,
  type CodeMatch,
  matchWords,
} from '#main/features/verification/contract.ts';
import { AddressLink } from '../../core/inside/address-link.tsx';
import { transactionPath } from '../../core/paths.ts';
import { Copyable } from '../../ui/copyable.tsx';
import { cx } from '../../ui/cx.ts';
import { Fact, Facts } from '../../ui/facts.tsx';
import { shortHex } from '../../ui/format.ts';
import { HexLink } from '../../ui/hex-link.tsx';
import { StateDot, type Tone, toneText } from '../../ui/state-dot.tsx';

const tones: Record<CodeMatch, Tone> = { exact: 'ok', partial: 'warn', different: 'bad' };

/** How a contract compares with what its sources compile to. */
export function CheckFacts({ found }: { found: CodeCheck }) {
  const { network, runtime, creation, constructorArguments, transaction, libraries } = found;
  return (
    <>
      <p role="status" className={cx('flex items-center gap-2 text-sm', toneText[tones[runtime]])}>
        <StateDot tone={tones[runtime]} />
        The code at the address is {matchWords[runtime]}.
      </p>
      <Facts>
        <Fact name="Contract">
          <span className="font-mono text-xs">{found.contract}</span>
          {found.project !== null && ` of ${found.project}`}
        </Fact>
        <Fact name="Compiler">
          <span className="font-mono text-xs">{found.compiler}</span>
        </Fact>
        <Fact name="It was created with">
          {creation === null
            ? 'not known: no transaction is recorded for it'
            : matchWords[creation]}
          {transaction !== null && (
            <>
              {', in '}
              <HexLink
                href={transactionPath(network, transaction)}
                value={transaction}
                what="hash"
                className="text-ink-soft"
              >
                {shortHex(transaction)}
              </HexLink>
            </>
          )}
        </Fact>
        <Fact name="Arguments">
          <ConstructorArguments digits={constructorArguments} />
        </Fact>
        <Fact name="Libraries">
          {libraries.length === 0
            ? 'none'
            : libraries.map(({ source, name, address }) => (
                <span key={`${source}:${name}`} title={source} className="mr-6 inline-flex gap-2">
                  {name}
                  <AddressLink network={network} of={{ address }} bare isContract />
                </span>
              ))}
        </Fact>
      </Facts>
    </>
  );
}

function ConstructorArguments({ digits }: { digits: string | null }) {
  if (digits === null) return 'not known';
  if (digits === '') return 'none';
  return (
    <Copyable
      value={`0x${digits}`}
      what="arguments"
      className="max-h-32 overflow-y-auto text-left break-all whitespace-normal!"
    >
      0x{digits}
    </Copyable>
  );
}
