/** The second half of a layered drawing: the order within each layer, and where everything comes to lie across it. */
export type Cell = {
  /** Its size across the layer. */
  size: number;
  /** Its middle across the layer, once placed. */
  at: number;
  up: Cell[];
  down: Cell[];
};
type Layers = Cell[][];

const mean = (numbers: number[]) => numbers.reduce((sum, n) => sum + n, 0) / numbers.length;

/** Sorts each layer by where its neighbours are, back and forth, and keeps what crosses least. */
export function untangle(layers: Layers): Layers {
  let current = layers;
  let best = layers;
  let fewest = crossings(layers);
  for (let sweep = 0; sweep < 8 && fewest > 0; sweep++) {
    current = sorted(current, sweep % 2 === 0);
    const now = crossings(current);
    if (now < fewest) [best, fewest] = [current, now];
  }
  return best;
}

function sorted(layers: Layers, downwards: boolean): Layers {
  const result = layers.map((layer) => [...layer]);
  const index = new Map<Cell, number>();
  const number = (layer: Cell[]) => {
    for (const [i, cell] of layer.entries()) index.set(cell, i);
  };
  result.forEach(number);
  for (const layer of downwards ? result : result.toReversed()) {
    const wish = (cell: Cell) => {
      const near = downwards ? cell.up : cell.down;
      return near.length > 0 ? mean(near.map((other) => index.get(other) ?? 0)) : (index.get(cell) ?? 0);
    };
    const wishes = new Map(layer.map((cell) => [cell, wish(cell)]));
    layer.sort((a, b) => (wishes.get(a) ?? 0) - (wishes.get(b) ?? 0));
    number(layer);
  }
  return result;
}

/** How many pairs of lines cross between neighbouring layers. */
export function crossings(layers: Layers): number {
  let count = 0;
  for (let i = 0; i + 1 < layers.length; i++) {
    const below = new Map(layers[i + 1]?.map((cell, at) => [cell, at]));
    const tally = new Tally(below.size);
    for (const cell of layers[i] ?? []) {
      const ends = cell.down.map((other) => below.get(other) ?? 0);
      for (const end of ends) count += tally.above(end);
      for (const end of ends) tally.add(end);
    }
  }
  return count;
}

/** Counts numbers and how many are greater than another, each in logarithmic time (a Fenwick tree). */
class Tally {
  private total = 0;
  private readonly sums: number[];
  constructor(size: number) {
    this.sums = new Array<number>(size + 1).fill(0);
  }
  add(number: number) {
    this.total++;
    for (let i = number + 1; i < this.sums.length; i += i & -i) this.sums[i] = (this.sums[i] ?? 0) + 1;
  }
  above(number: number): number {
    let upTo = 0;
    for (let i = number + 1; i > 0; i -= i & -i) upTo += this.sums[i] ?? 0;
    return this.total - upTo;
  }
}

/** Places all cells near the middle of their neighbours, never closer together than `gap`, and starts at 0. Answers the width. */
export function place(layers: Layers, gap: number): number {
  for (const layer of layers)
    pack(
      layer,
      layer.map(() => 0),
      gap,
    );
  for (let sweep = 0; sweep < 12; sweep++) {
    const downwards = sweep % 2 === 0;
    for (const layer of downwards ? layers : layers.toReversed()) {
      const wishes = layer.map((cell) => {
        const near = downwards ? cell.up : cell.down;
        return near.length > 0 ? mean(near.map((other) => other.at)) : cell.at;
      });
      pack(layer, wishes, gap);
    }
  }
  const cells = layers.flat();
  const left = Math.min(...cells.map((cell) => cell.at - cell.size / 2));
  for (const cell of cells) cell.at -= left;
  return Math.max(...cells.map((cell) => cell.at + cell.size / 2));
}

/**
 * The places nearest to the wishes (least squares) that keep order and distance: neighbours that
 * would overlap are joined into a block, which lies at the mean of their wishes ("pool adjacent violators").
 */
function pack(layer: Cell[], wishes: number[], gap: number): void {
  const offsets: number[] = [];
  layer.forEach((cell, i) => {
    const before = layer[i - 1];
    offsets.push(before ? (offsets[i - 1] ?? 0) + before.size / 2 + gap + cell.size / 2 : 0);
  });
  type Block = { sum: number; count: number };
  const blocks: Block[] = [];
  const middle = (block: Block | undefined) => (block ? block.sum / block.count : 0);
  layer.forEach((_, i) => {
    blocks.push({ sum: (wishes[i] ?? 0) - (offsets[i] ?? 0), count: 1 });
    while (blocks.length > 1 && middle(blocks.at(-2)) > middle(blocks.at(-1))) {
      const last = blocks.pop() as Block;
      const into = blocks.at(-1) as Block;
      into.sum += last.sum;
      into.count += last.count;
    }
  });
  let i = 0;
  for (const block of blocks) {
    for (let n = 0; n < block.count; n++, i++) (layer[i] as Cell).at = middle(block) + (offsets[i] ?? 0);
  }
}
