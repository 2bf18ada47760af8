import { z } from 'zod';

/** What is wrong with a value, as a person says it; follows the name of the field and a colon. */
function words(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? 'is missing'
        : `give ${kinds[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return `give ${issue.values.length > 1 ? 'one of ' : ''}${issue.values.join(', ')}`;
    case 'unrecognized_keys':
      return `nothing is known of ${issue.keys.join(', ')}`;
    case 'too_small':
      if (issue.minimum === 1 && issue.origin === 'string') return 'must not be empty';
      return limit(issue.inclusive ? 'at least' : 'more than', issue.minimum, issue.origin);
    case 'too_big':
      return limit(issue.inclusive ? 'at most' : 'less than', issue.maximum, issue.origin);
    case 'invalid_union':
      return 'has the wrong shape';
    default:
      return undefined;
  }
}

const kinds: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
};

function limit(which: string, value: number | bigint, origin: string): string {
  if (origin === 'string') return `give ${which} ${value} characters`;
  return `give ${which} ${value}${origin === 'array' ? ' of them' : ''}`;
}

/** For every schema that says nothing of its own. */
export function speakPlainly(): void {
  z.config({ customError: words });
}
