// Positions are fractions between 0 and 1: the digits after the point, in base 62. clients/csharp/Client/Positions.cs has the same
// algorithm, and both are tested with clients/vectors/positions.json.

const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const BASE = 62n;
const MAX_DIGITS = 64;
const POSITION = /^[0-9A-Za-z]{0,63}[1-9A-Za-z]$/;

// The value of a position is its fraction times this number, which makes an integer of every position.
const WHOLE = BASE ** BigInt(MAX_DIGITS);

// A position is chosen at random among this many, so that two offline devices rarely choose the same one.
const CHOICES = BASE ** 2n;

// Where the list ends, new positions have at most 16 digits. The default positions of the server have up to 11, so that one that it
// assigns later still comes after thousands of items that were added at the end.
const END_UNIT = WHOLE / BASE ** 16n;

// A longer position is not chosen while its neighbors can be spread instead, and they are spread so that each gets about 16 digits.
const SOFT_MAX_DIGITS = 32;
const WIDE_SLOT = CHOICES * END_UNIT;

// The server accepts at most this many operations in one batch.
const MAX_CHANGES = 100;

/** An item of a list that the user orders, such as a task, a list, or the change of an item's position. */
export interface Placed {
  /** The UUID in lower case, or the key of a checklist item. */
  readonly id: string;
  /** 1 to 64 characters of `0-9A-Za-z`, the last of them not `0`. */
  readonly position: string;
}

/** The values between `lower` and `upper`, both excluded. */
type Gap = { lower: bigint; upper: bigint };

/** Items to spread: those with an index of at least `from` and less than `to`. `slot` is the room for each of them in `gap`. */
type Neighbors = { from: number; to: number; gap: Gap; slot: bigint };

/** Returns the value of the position at an index, or undefined beyond the ends of the list. */
type ValueAt = (index: number) => bigint | undefined;

/**
 * Compares two items of a list in the way that the server orders them: by position, and by id where the positions are equal, both byte
 * by byte. The result is -1, 0 or 1.
 */
export function comparePositions(a: Placed, b: Placed): number {
  return compare(a.position, b.position) || compare(a.id, b.id);
}

/**
 * Returns a new random position between two others. It is as short as 3844 possible positions allow, and near the middle. Without
 * `after` it comes shortly after `before`, without `before` shortly before `after`, and without both it suits an empty list.
 *
 * The result is undefined when there is no room: `before` is not less than `after`, or the position would be longer than 64 characters.
 * Place the item somewhere else then, and use {@link move}.
 * @param random Returns numbers of at least 0 and less than 1, like the default, `Math.random`.
 * @throws RangeError `before` or `after` is not a position.
 */
export function positionBetween(
  before: string | null | undefined, after: string | null | undefined, random: () => number = Math.random,
): string | undefined {
  const gap = gapBetween(before == null ? undefined : valueOf(before), after == null ? undefined : valueOf(after), 1);
  return choose(gap, MAX_DIGITS, random);
}

/**
 * Moves an item within its list and returns the changes to send, in the new order. The list itself is not changed.
 *
 * There is normally one change, and none when the item is in its place. When the gap is too narrow, the nearest neighbors get new
 * positions as well: there are up to 100 changes, which fit in one batch. Only when a hundred neighbors have the same position, or
 * almost, do the changes merely make room: apply them and call again, until there are none.
 * @param items All items of the list, in any order.
 * @param id The id of the item to move.
 * @param index The new place: the number of other items that come before it.
 * @param random Returns numbers of at least 0 and less than 1, like the default, `Math.random`.
 * @throws RangeError No item has the id, the index is out of range, or a position is malformed.
 */
export function move(items: Iterable<Placed>, id: string, index: number, random: () => number = Math.random): Placed[] {
  const others = [...items].sort(comparePositions);
  const current = others.findIndex((item) => item.id === id);
  if (current < 0) throw new RangeError("No item has this id.");
  others.splice(current, 1);
  if (!Number.isInteger(index) || index < 0 || index > others.length) throw new RangeError("The index is out of range.");
  if (index === current) return [];

  const valueAt = valuesOf(others);
  const position = choose(gapBetween(valueAt(index - 1), valueAt(index), 1), SOFT_MAX_DIGITS, random);
  if (position) return [{ id, position }];

  const ids = others.map((item) => item.id);
  const around = neighborsAround(index, others.length, valueAt);
  if (around) return spread([...ids.slice(around.from, index), id, ...ids.slice(index, around.to)], around.gap, random);
  const nearest = nearestNeighbors(index, others.length, valueAt);
  return spread(ids.slice(nearest.from, nearest.to), nearest.gap, random);
}

/** Finds the fewest neighbors of the place that get wide slots together with the moved item, or if none do, the widest slots. */
function neighborsAround(index: number, length: number, valueAt: ValueAt): Neighbors | undefined {
  let best: Neighbors | undefined;
  for (let size = 1; size < MAX_CHANGES && size <= length; size++) {
    for (let from = Math.max(0, index - size); from <= Math.min(index, length - size); from++) {
      const neighbors = neighborsFrom(from, from + size, size + 1, valueAt);
      if (neighbors.slot > (best?.slot ?? CHOICES)) best = neighbors;
    }
    if (best && best.slot >= WIDE_SLOT) break;
  }
  return best;
}

/**
 * Finds the nearest neighbors that can be spread without the moved item. It is called only for lists of at least a hundred other items.
 * Somewhere in them is a gap, because positions that are almost the same fill only a small part of the range.
 */
function nearestNeighbors(index: number, length: number, valueAt: ValueAt): Neighbors {
  for (let distance = 0; ; distance++) {
    const left = Math.max(index - distance - MAX_CHANGES, 0);
    const right = Math.min(index + distance, length - MAX_CHANGES);
    for (const from of [left, right]) {
      const neighbors = neighborsFrom(from, from + MAX_CHANGES, MAX_CHANGES, valueAt);
      if (neighbors.slot > CHOICES) return neighbors;
    }
  }
}

function neighborsFrom(from: number, to: number, count: number, valueAt: ValueAt): Neighbors {
  const gap = gapBetween(valueAt(from - 1), valueAt(to), count);
  return { from, to, gap, slot: (gap.upper - gap.lower) / BigInt(count) };
}

/** Divides the gap into equal slots and chooses one position in each. */
function spread(ids: readonly string[], { lower, upper }: Gap, random: () => number): Placed[] {
  const bound = (slot: number) => lower + ((upper - lower) * BigInt(slot)) / BigInt(ids.length);
  return ids.map((id, slot) => {
    const position = choose({ lower: bound(slot), upper: bound(slot + 1) }, MAX_DIGITS, random);
    return { id, position: position! };
  });
}

/** Returns the gap for the number of items. At an open end it is limited, so that the room beyond it is not used up. */
function gapBetween(before: bigint | undefined, after: bigint | undefined, count: number): Gap {
  if (before !== undefined && after !== undefined) return { lower: before, upper: after };
  const units = BigInt(count) * (CHOICES + 1n);
  if (before !== undefined) {
    const upper = (before / END_UNIT + units) * END_UNIT;
    return { lower: before, upper: upper < WHOLE ? upper : WHOLE };
  }
  if (after !== undefined) {
    const lower = ((after + END_UNIT - 1n) / END_UNIT - units) * END_UNIT;
    return { lower: lower > 0n ? lower : 0n, upper: after };
  }
  // This ends before V1V, the first default position of the server.
  return { lower: valueOf("V"), upper: valueOf("V1") };
}

/** Chooses a position in the middle of the gap, with as few digits as make enough choices. Returns undefined if these are too many. */
function choose({ lower, upper }: Gap, maxDigits: number, random: () => number): string | undefined {
  let unit = WHOLE;
  for (let digits = 1; digits <= maxDigits; digits++) {
    unit /= BASE;
    const first = lower / unit + 1n;
    const count = (upper - 1n) / unit - first + 1n;
    if (count < CHOICES) continue;
    const choice = randomDigit(random) * BASE + randomDigit(random);
    return positionOf(first + (count - CHOICES) / 2n + choice, digits);
  }
  return undefined;
}

/** Reads each position at most once, since many neighbors may have to be tried. */
function valuesOf(items: readonly Placed[]): ValueAt {
  const values: bigint[] = [];
  return (index) => items[index] && (values[index] ??= valueOf(items[index].position));
}

function randomDigit(random: () => number): bigint {
  return BigInt(Math.floor(random() * DIGITS.length));
}

function valueOf(position: string): bigint {
  if (!POSITION.test(position)) throw new RangeError(`This is not a position: ${position}`);
  let value = 0n;
  for (const digit of position.padEnd(MAX_DIGITS, "0")) value = value * BASE + BigInt(DIGITS.indexOf(digit));
  return value;
}

function positionOf(value: bigint, digits: number): string {
  let position = "";
  for (let digit = 0; digit < digits; digit++, value /= BASE) position = DIGITS[Number(value % BASE)] + position;
  return position.replace(/0+$/, "");
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
