/** How a project is named in a command to be pasted into a shell: a folder may be called anything. */
export const projectWord = ({ id, name }: { id: number; name: string }): string =>
  /^\w[\w.-]*$/.test(name) ? name : `${id}`;
