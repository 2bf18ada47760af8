/** By which a program says which door of Drydock's it is; believed of the folder's own token alone. */
export const DOOR_HEADER = 'x-drydock-door';
