/** A kind of contact, its arrivals per second, and who may serve it. */
export type Kind = { readonly name: string; readonly rate: number };
/** One agent, contacts per second that the agent handles, and the kinds that the agent serves. */
export type Server = { readonly name: string; readonly rate: number; readonly kinds: readonly string[] };

export type Stationary = {
  /** Share of the time that each server is busy. */
  readonly busy: Readonly<Record<string, number>>;
  /** By kind: the chance that one who comes has to wait, and the mean wait of all in seconds. */
  readonly kinds: Readonly<Record<string, { readonly waits: number; readonly waitSeconds: number }>>;
};

/**
 * The exact stationary law of several kinds of contacts and agents under "first come first served, and the agent who is idle
 * longest": the product form of I. Adan and G. Weiss, "A skill based parallel service system under FCFS-ALIS: steady state,
 * overloads, and abandonments", Stochastic Systems 4 (2014), section 3. A state is an order of the servers, the first i of
 * them busy in the order in which their contacts came, with n(l) contacts waiting between the l-th and the next, and the
 * others idle, the last one longest. Its weight is
 *
 *     product over l = 1..i of  lambda(U(1..l))^n(l) / mu(1..l)^(n(l)+1)  times  product over l = i+1..J of 1 / lambda(C(l..J))
 *
 * with mu(1..l) the rates of the first l together, U the kinds that nobody but these serves, C the kinds that one of the
 * servers l..J serves. The sums over n(l) are geometric series, so only the orders are gone through: with a few servers by hand.
 */
export function fcfsAlis(kinds: readonly Kind[], servers: readonly Server[]): Stationary {
  let all = 0;
  const busy: Record<string, number> = Object.fromEntries(servers.map(({ name }) => [name, 0]));
  const waits: Record<string, number> = Object.fromEntries(kinds.map(({ name }) => [name, 0]));
  const queue: Record<string, number> = Object.fromEntries(kinds.map(({ name }) => [name, 0]));
  for (const order of orders(servers)) {
    for (let i = 0; i <= order.length; i++) {
      const state = weigh(kinds, order.slice(0, i), order.slice(i), servers);
      all += state.weight;
      for (const server of order.slice(0, i)) busy[server.name]! += state.weight;
      for (const { name } of kinds) {
        if (!order.slice(i).some((server) => server.kinds.includes(name))) waits[name]! += state.weight;
        queue[name]! += state.weight * (state.waiting[name] ?? 0);
      }
    }
  }
  return {
    busy: Object.fromEntries(servers.map(({ name }) => [name, busy[name]! / all])),
    // Poisson arrivals see the state as it is over time, and by Little's law the mean wait is the mean queue by the rate.
    kinds: Object.fromEntries(
      kinds.map(({ name, rate }) => [name, { waits: waits[name]! / all, waitSeconds: queue[name]! / all / rate }]),
    ),
  };
}

/** The weight of an order with so many busy, summed over the numbers waiting, and how many of each kind wait on average. */
function weigh(
  kinds: readonly Kind[],
  working: readonly Server[],
  idle: readonly Server[],
  servers: readonly Server[],
) {
  let weight = 1;
  const waiting: Record<string, number> = {};
  for (let l = 1; l <= working.length; l++) {
    const first = working.slice(0, l);
    const rest = servers.filter((server) => !first.includes(server));
    const alone = kinds.filter(({ name }) => !rest.some((server) => server.kinds.includes(name)));
    const mu = sumOf(first);
    const lambda = sumOf(alone);
    if (lambda >= mu) throw new Error('The system is not stable.');
    weight /= mu - lambda;
    for (const { name, rate } of alone)
      waiting[name] = (waiting[name] ?? 0) + ((lambda / (mu - lambda)) * rate) / lambda;
  }
  for (let l = 0; l < idle.length; l++) {
    const longest = idle.slice(l);
    weight /= sumOf(kinds.filter(({ name }) => longest.some((server) => server.kinds.includes(name))));
  }
  return { weight, waiting };
}

function sumOf(parts: readonly { readonly rate: number }[]): number {
  return parts.reduce((sum, { rate }) => sum + rate, 0);
}

function orders<T>(items: readonly T[]): T[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((first, at) => orders(items.filter((_, other) => other !== at)).map((rest) => [first, ...rest]));
}
