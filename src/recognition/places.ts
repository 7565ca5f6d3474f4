/** At most so many at once with an engine; others wait in order, so many and so long at most. */
export type Places = {
  /**
   * Calls one of both, once: `enter` with what gives the place back (may be called twice), or `full`. Never before it has
   * returned. Returns what takes the wish back.
   */
  take(enter: (leave: () => void) => void, full: () => void): () => void;
};

export type PlacesRule = { readonly width: number; readonly waitingMax: number; readonly waitMsMax: number };

export function openPlaces({ width, waitingMax, waitMsMax }: PlacesRule): Places {
  let taken = 0;
  const waiting: (() => void)[] = [];
  function leaving(): () => void {
    let left = false;
    return () => {
      if (left) return;
      left = true;
      const next = waiting.shift();
      // The place goes from hand to hand, so `taken` stays as it is.
      if (next) next();
      else taken -= 1;
    };
  }
  return {
    take(enter, full) {
      let wanted = true;
      if (taken < width) {
        taken += 1;
        const leave = leaving();
        queueMicrotask(() => (wanted ? enter(leave) : leave()));
        return () => {
          wanted = false;
        };
      }
      if (waiting.length >= waitingMax) {
        queueMicrotask(() => wanted && full());
        return () => {
          wanted = false;
        };
      }
      const enterLater = (): void => {
        clearTimeout(timer);
        enter(leaving());
      };
      const giveUp = (): void => {
        clearTimeout(timer);
        const at = waiting.indexOf(enterLater);
        if (at >= 0) waiting.splice(at, 1);
      };
      const timer = setTimeout(() => {
        giveUp();
        full();
      }, waitMsMax);
      waiting.push(enterLater);
      return giveUp;
    },
  };
}
