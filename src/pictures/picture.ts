/** What a picture of flows shows, before anybody thinks of shapes: it is written as Mermaid, DOT, SVG or JSON. */
export type Picture = {
  readonly title: string;
  readonly nodes: readonly PictureNode[];
  readonly edges: readonly PictureEdge[];
};

export type PictureNode = {
  /** Unique in the picture. */
  readonly id: string;
  readonly family: Family;
  /** The line that is read first: a step's name, a number. */
  readonly name: string;
  /** The small line below: the step's type and what it is about. */
  readonly about: string;
};

export type PictureEdge = {
  readonly from: string;
  readonly to: string;
  /** Outcomes that lead this way; empty where there is no other way. */
  readonly outcomes: readonly string[];
  /** `error`: only when something went wrong. `handler`: from everywhere, because the flow says so. */
  readonly kind: 'usual' | 'error' | 'handler';
};

/** What nodes have in common; each is drawn in its own shape and colour. */
export const FAMILIES = {
  entry: 'where it begins',
  talk: 'speaks',
  ask: 'asks the customer',
  decide: 'decides',
  data: 'data and other systems',
  queue: 'waits for an agent',
  media: 'connects, records',
  flow: 'another flow',
  end: 'ends',
} as const;
export type Family = keyof typeof FAMILIES;
