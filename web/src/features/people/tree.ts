import type { Out } from '@/api/types';

export type TreePerson = Out<'people.tree'>['items'][number];

/** A person in the picture, with those who report to him. */
export type Node = {
  person: TreePerson;
  reports: Node[];
  /** Everybody below, however far down. */
  below: number;
  /** Whether a circle was opened here: what is stored says that he reports to somebody below him. */
  circle: boolean;
};

/** The reporting lines with everything that is asked of them while they are drawn. */
export type Forest = { tops: Node[]; byId: Map<string, Node>; above: Map<string, Node | undefined> };

/**
 * Whoever has no manager stands at the top, and so does whoever's manager is not there. A circle,
 * which the server refuses but a picture must survive, is opened at the first of its people by name.
 */
export function forestOf(people: TreePerson[]): Forest {
  const byId = new Map(people.map((person) => [person.id, { person, reports: [], below: 0, circle: false } as Node]));
  const above = new Map<string, Node | undefined>();
  const tops: Node[] = [];
  for (const node of byId.values()) {
    const manager = node.person.manager_id ? byId.get(node.person.manager_id) : undefined;
    const own = manager === node || manager === undefined;
    above.set(node.person.id, own ? undefined : manager);
    if (own) tops.push(node);
    else manager.reports.push(node);
  }
  openCircles(byId, above, tops);
  for (const node of downwards(tops).reverse()) {
    node.below = node.reports.reduce((sum, report) => sum + 1 + report.below, 0);
  }
  // Whole lines first, then those who stand alone; among equals by name, as they came.
  tops.sort((a, b) => b.below - a.below);
  return { tops, byId, above };
}

function openCircles(byId: Map<string, Node>, above: Map<string, Node | undefined>, tops: Node[]) {
  const reached = new Set(downwards(tops));
  for (const node of byId.values()) {
    if (reached.has(node)) continue;
    const cut = firstOfCircle(node, above);
    const manager = above.get(cut.person.id);
    if (manager) manager.reports = manager.reports.filter((report) => report !== cut);
    above.set(cut.person.id, undefined);
    cut.circle = true;
    tops.push(cut);
    for (const found of downwards([cut])) reached.add(found);
  }
}

/** Going up from somebody below a circle ends in it; the first by name of its people is where it is cut. */
function firstOfCircle(node: Node, above: Map<string, Node | undefined>): Node {
  const seen = new Set<Node>();
  let at: Node | undefined = node;
  while (at && !seen.has(at)) {
    seen.add(at);
    at = above.get(at.person.id);
  }
  const inCircle = [...seen].slice(at ? [...seen].indexOf(at) : 0);
  return inCircle.reduce((first, one) => (one.person.name < first.person.name ? one : first));
}

/** Everybody from these downwards, each before his reports. Without recursion: lines may be thousands long. */
function downwards(from: Node[]): Node[] {
  const found: Node[] = [...from];
  for (let i = 0; i < found.length; i++) {
    for (const report of found[i]?.reports ?? []) found.push(report);
  }
  return found;
}

/** Those above somebody, the top first. */
export function lineAbove({ above }: Forest, id: string): Node[] {
  const line: Node[] = [];
  for (let at = above.get(id); at; at = above.get(at.person.id)) line.unshift(at);
  return line;
}

/** Who is open when the picture is first seen: from the top, as long as the picture stays small. */
export function openAtFirst({ tops }: Forest, most = 24): Set<string> {
  const open = new Set<string>();
  let shown = tops.length;
  let level = tops;
  while (level.length > 0) {
    const next = level.flatMap((node) => node.reports);
    if (open.size > 0 && shown + next.length > most) return open;
    shown += next.length;
    for (const node of level) if (node.reports.length > 0) open.add(node.person.id);
    level = next;
  }
  return open;
}

/** Everybody who has reports. */
export const everyManager = (forest: Forest): Set<string> =>
  new Set([...forest.byId.values()].filter((node) => node.reports.length > 0).map((node) => node.person.id));

const plain = (text: string) => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();

/** Whom the words mean: each must begin a word of the name, title or department. In the order of the names. */
export function search({ byId }: Forest, words: string): TreePerson[] {
  const wanted = plain(words).split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return [];
  return [...byId.values()]
    .map((node) => node.person)
    .filter((person) => {
      const has = ` ${plain([person.name, person.designation, person.department].filter(Boolean).join(' '))}`;
      return wanted.every((word) => has.includes(` ${word}`));
    });
}

/** Reports beyond these are shown when asked for: nobody reads a thousand boxes. */
export const batch = 50;

/** How many of somebody's reports are drawn. */
export type Shown = ReadonlyMap<string, number>;
export const shownOf = (node: Node, shown: Shown): Node[] => node.reports.slice(0, shown.get(node.person.id) ?? batch);

/** What is visible, from above downwards, as the arrow keys go through it. */
export function visible(tops: Node[], open: ReadonlySet<string>, shown: Shown): Node[] {
  const found: Node[] = [];
  const rest = [...tops].reverse();
  for (let node = rest.pop(); node; node = rest.pop()) {
    found.push(node);
    if (open.has(node.person.id)) rest.push(...shownOf(node, shown).reverse());
  }
  return found;
}

/** What a key does in the tree: go to somebody, or open and close whom one is at. */
export type Move = { to: string } | { open: string } | { close: string };

/** The keys of the tree pattern of ARIA. Nothing when the key means nothing here. */
export function moveBy(
  key: string,
  at: string,
  forest: Forest,
  open: ReadonlySet<string>,
  shown: Shown,
): Move | undefined {
  const node = forest.byId.get(at);
  if (!node) return undefined;
  const rows = visible(forest.tops, open, shown);
  const to = (target: Node | undefined): Move | undefined => target && { to: target.person.id };
  const place = rows.indexOf(node);
  const isOpen = open.has(at) && node.reports.length > 0;
  switch (key) {
    case 'ArrowDown':
      return to(rows[place + 1]);
    case 'ArrowUp':
      return to(rows[place - 1]);
    case 'Home':
      return to(rows[0]);
    case 'End':
      return to(rows.at(-1));
    case 'ArrowRight':
      if (isOpen) return to(node.reports[0]);
      return node.reports.length > 0 ? { open: at } : undefined;
    case 'ArrowLeft':
      return isOpen ? { close: at } : to(forest.above.get(at));
    default:
      return undefined;
  }
}

/** Typing letters goes to the next visible name that begins with them. */
export function typeAhead(rows: Node[], at: string, letters: string): string | undefined {
  const place = rows.findIndex((node) => node.person.id === at);
  const start = letters.length > 1 ? place : place + 1;
  const round = [...rows.slice(start), ...rows.slice(0, start)];
  return round.find((node) => plain(node.person.name).startsWith(plain(letters)))?.person.id;
}

/** What is open and how much of it is drawn. */
export type Unfolding = { open: ReadonlySet<string>; shown: Shown };

/** Unfolds so much that these people are drawn. */
export function reveal(forest: Forest, ids: string[], { open, shown }: Unfolding): Unfolding {
  const opened = new Set(open);
  const drawn = new Map(shown);
  for (const id of ids) {
    let node = forest.byId.get(id);
    for (let up = forest.above.get(id); node && up; node = up, up = forest.above.get(up.person.id)) {
      opened.add(up.person.id);
      const place = up.reports.indexOf(node) + 1;
      const now = drawn.get(up.person.id) ?? batch;
      if (place > now) drawn.set(up.person.id, Math.ceil(place / batch) * batch);
    }
  }
  return { open: opened, shown: drawn };
}

/** Draws the next of somebody's reports. */
export function drawMore(node: Node, { open, shown }: Unfolding): Unfolding {
  const now = shown.get(node.person.id) ?? batch;
  return { open, shown: new Map(shown).set(node.person.id, now + batch) };
}

/** Whether this is the last that is drawn of more reports: going on from there draws the next. */
export function moreAfter(forest: Forest, id: string, { shown }: Unfolding): Node | undefined {
  const up = forest.above.get(id);
  if (!up) return undefined;
  const drawn = shownOf(up, shown);
  return drawn.length < up.reports.length && drawn.at(-1)?.person.id === id ? up : undefined;
}
