import type { Choices, InputControl as ControlName } from '#main/shared/kind.ts';
import { AccountPicker } from '../../../../families/contracts/account-picker.tsx';
import { useFocusAtFault } from '../start-problem.ts';
import { ArgumentsControl } from './arguments-control.tsx';
import { CallControl } from './call-control.tsx';
import { ChoiceControl } from './choice-control.tsx';
import type { ControlProps } from './control.ts';
import { EntryControl } from './entry-control.tsx';
import { KeyControl } from './key-control.tsx';
import { ParametersControl } from './parameters-control.tsx';
import { PickedControl, suggestedFor } from './picked-control.tsx';
import { SwitchControl } from './switch-control.tsx';
import { LinesControl, TextControl } from './text-control.tsx';

const compact: readonly ControlName[] = ['entry', 'call', 'account', 'key', 'choice'];

/** Whether a control is in the row of the form rather than separate. */
export const isCompact = (control: ControlName): boolean => compact.includes(control);

/** Whether a control consists of several fields, one for each value of the chosen entry. */
export const isGroup = (control: ControlName): boolean =>
  control === 'abi-arguments' || control === 'parameters';

type InputControlProps = ControlProps & { choices: Choices };

/** The control for an input. It gets the focus when it prevented a deployment. */
export function InputControl(props: InputControlProps) {
  const place = useFocusAtFault<HTMLDivElement>(props.project, props.problem);
  return (
    <div ref={place} className="contents">
      <Control {...props} />
    </div>
  );
}

function Control(props: InputControlProps) {
  const { input, value } = props.shown;
  switch (input.control) {
    case 'entry':
      return <EntryControl {...props} />;
    case 'call':
      return <CallControl {...props} />;
    case 'abi-arguments':
      return <ArgumentsControl {...props} />;
    case 'parameters':
      return <ParametersControl {...props} />;
    case 'account':
      return (
        <AccountPicker
          label={input.label}
          chain={props.target}
          value={value === undefined ? undefined : String(value)}
          onChange={props.onChange}
        />
      );
    case 'key':
      return <KeyControl {...props} />;
    case 'choice':
      return <ChoiceControl {...props} />;
    case 'switch':
      return <SwitchControl {...props} />;
    case 'json':
    case 'env':
      return <LinesControl {...props} />;
    case 'text':
    case 'number':
    case 'port':
    case 'domain':
    case 'file':
      if (!input.repeatable) return <TextControl {...props} />;
      return suggestedFor(props.shown).length > 0 ? (
        <PickedControl {...props} />
      ) : (
        <LinesControl {...props} />
      );
  }
}
