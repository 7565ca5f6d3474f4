/** Something that is in the way of the demonstration and that the person who started it can act on. Printed without a stack. */
export class Obstacle extends Error {}
