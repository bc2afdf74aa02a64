/** The first half of a layered drawing: which arrows lead back, and how far each step is from the start. */
export type Arrow = { from: number; to: number };

/** The arrows that close a circle, found by walking from the first node. A drawing without them has an order. */
export function backArrows(count: number, arrows: Arrow[]): Set<Arrow> {
  const out = outgoing(count, arrows);
  const state = new Uint8Array(count); // 0 not met, 1 on the way, 2 done
  const back = new Set<Arrow>();
  const visit = (node: number) => {
    state[node] = 1;
    for (const arrow of out[node] ?? []) {
      if (state[arrow.to] === 1) back.add(arrow);
      else if (state[arrow.to] === 0) visit(arrow.to);
    }
    state[node] = 2;
  };
  for (let node = 0; node < count; node++) if (state[node] === 0) visit(node);
  return back;
}

/** For each node the length of the longest way to it. The arrows must not close a circle. */
export function ranksOf(count: number, arrows: Arrow[]): number[] {
  const out = outgoing(count, arrows);
  const waiting = new Array<number>(count).fill(0);
  for (const { to } of arrows) waiting[to] = (waiting[to] ?? 0) + 1;
  const ranks = new Array<number>(count).fill(0);
  const ready = waiting.flatMap((n, node) => (n === 0 ? [node] : []));
  for (let node = ready.pop(); node !== undefined; node = ready.pop()) {
    for (const { to } of out[node] ?? []) {
      ranks[to] = Math.max(ranks[to] ?? 0, (ranks[node] ?? 0) + 1);
      waiting[to] = (waiting[to] ?? 0) - 1;
      if (waiting[to] === 0) ready.push(to);
    }
  }
  return ranks;
}

function outgoing(count: number, arrows: Arrow[]): Arrow[][] {
  const out: Arrow[][] = Array.from({ length: count }, () => []);
  for (const arrow of arrows) out[arrow.from]?.push(arrow);
  return out;
}
