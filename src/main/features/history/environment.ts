/** The variables in front of the command that was run; null when no command was run. */
export function environmentOf(command: string | null): string[] | null {
  if (command === null) return null;
  const names: string[] = [];
  const assignment = /^([A-Za-z_]\w*)=(?:'[^']*'|"[^"]*"|\\.|[^\s'"\\])*\s+/;
  for (let rest = command; ; ) {
    const found = assignment.exec(rest);
    if (!found) return names;
    names.push(found[1] as string);
    rest = rest.slice(found[0].length);
  }
}
