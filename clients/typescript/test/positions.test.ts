import { type Placed, comparePositions, move, positionBetween } from "@fitnessify/client";
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

const POSITION = /^[0-9A-Za-z]{0,63}[1-9A-Za-z]$/;
// The arithmetic is the same everywhere, so that few moves do where the tests run once more.
const MOVES = (process.env.FITNESSIFY_ENVIRONMENT ?? "node") === "node" ? 10_000 : 100;

interface Vectors {
  between: { name: string; before: string | null; after: string | null; random: number[]; expected: string | null }[];
  compare: { name: string; a: Placed; b: Placed; expected: number }[];
  move: { name: string; items: Placed[]; id: string; index: number; random: number[]; expected: Placed[] }[];
}

const vectors: Vectors = JSON.parse(await readFile(new URL("../../../vectors/positions.json", import.meta.url), "utf8"));

/** The list as the user sees it. Every change is checked. */
class List {
  constructor(public items: Placed[]) {}

  static ofDefaults(count: number): List {
    // These are default positions with four digits.
    return new List(Array.from({ length: count }, (_, index) => ({ id: `item ${index}`, position: `Y${1000 + index}V` })));
  }

  get ids(): string[] {
    return this.items.map((item) => item.id);
  }

  move(id: string, index: number, random: () => number): Placed[] {
    const expected = this.ids.filter((other) => other !== id);
    expected.splice(index, 0, id);
    const changes = move(this.items, id, index, random);
    this.apply(changes);
    assert(this.ids.join() === expected.join(), "the order is another one");
    return changes;
  }

  apply(changes: Placed[]): void {
    assert(changes.length <= 100);
    for (const { position } of changes) assert.match(position, POSITION);
    const positions = new Map(changes.map(({ id, position }) => [id, position]));
    this.items = this.items.map(({ id, position }) => ({ id, position: positions.get(id) ?? position })).sort(comparePositions);
  }
}

/** The same numbers in every run. */
function seeded(seed: number): () => number {
  return () => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return seed / 2 ** 32;
  };
}

function numbers(values: number[]) {
  const remaining = [...values];
  const random = () => {
    assert(remaining.length > 0, "more random numbers are used");
    return remaining.shift()!;
  };
  return { random, remaining };
}

for (const { name, before, after, random, expected } of vectors.between) {
  test(`a position between two others agrees with the vectors: ${name}`, () => {
    const source = numbers(random);
    const position = positionBetween(before, after, source.random);
    assert.equal(position, expected ?? undefined);
    assert.deepEqual(source.remaining, []);
    if (position === undefined) return;
    assert.match(position, POSITION);
    assert((before ?? "") < position && position < (after ?? "~"));
  });
}

for (const { name, a, b, expected } of vectors.compare) {
  test(`the order of two items agrees with the vectors: ${name}`, () => {
    assert.equal(comparePositions(a, b), expected);
    assert.equal(comparePositions(b, a) + expected, 0);
  });
}

for (const { name, items, id, index, random, expected } of vectors.move) {
  test(`a move agrees with the vectors: ${name}`, () => {
    const source = numbers(random);
    const list = new List([...items].sort(comparePositions));
    assert.deepEqual(list.move(id, index, source.random), expected);
    assert.deepEqual(source.remaining, []);
  });
}

for (const count of [3, 500]) {
  const target = `item ${count >> 1}`;

  test(`${MOVES} moves into the same gap of ${count} items succeed`, () => {
    const [list, random] = [List.ofDefaults(count), seeded(1)];
    for (let step = 0; step < MOVES; step++) list.move(list.ids.at(-1)!, count >> 1, random);
  });

  for (const [side, offset] of [["before", 0], ["after", 1]] as const) {
    test(`${MOVES} moves to directly ${side} the same one of ${count} items succeed`, () => {
      const [list, random] = [List.ofDefaults(count), seeded(2)];
      for (let step = 0; step < MOVES; step++) {
        const others = list.ids.filter((id) => id !== target);
        const id = others[(step * 7) % others.length]!;
        list.move(id, list.ids.filter((other) => other !== id).indexOf(target) + offset, random);
      }
    });
  }
}

test(`${MOVES} new items at an end keep their order and their length, and those of the server come later`, () => {
  const random = seeded(3);
  let [first, last] = ["V1V", "V1V"];
  for (let step = 0; step < MOVES; step++) {
    const [before, after] = [positionBetween(null, first, random)!, positionBetween(last, null, random)!];
    assert(before < first && last < after && after < "V2V");
    for (const position of [before, after]) assert.match(position, /^[0-9A-Za-z]{0,15}[1-9A-Za-z]$/);
    [first, last] = [before, after];
  }
});

test("moves among many items with the same position succeed when they are repeated", () => {
  const random = seeded(4);
  const list = new List(Array.from({ length: 500 }, (_, index) => ({ id: `item ${1000 + index}`, position: "V" })));
  for (let step = 0; step < 50; step++) {
    const [id, index] = [list.ids[Math.floor(random() * 500)]!, step === 0 ? 250 : Math.floor(random() * 500)];
    for (let calls = 0; ; calls++) {
      const changes = move(list.items, id, index, random);
      if (changes.length === 0) break;
      assert(calls < 4);
      list.apply(changes);
    }
    assert.equal(list.ids[index], id);
  }
});

test("two devices end in one order", () => {
  const random = seeded(5);
  const choose = (list: List) => [list.ids[Math.floor(random() * 20)]!, 9 + Math.floor(random() * 3)] as const;
  let server = List.ofDefaults(20);
  for (let round = 0; round < 1000; round++) {
    const [phone, tablet] = [new List(server.items), new List(server.items)];
    const phoneChanges = phone.move(...choose(phone), random);
    const tabletChanges = tablet.move(...choose(tablet), random);
    for (const device of [phone, tablet]) {
      device.apply(phoneChanges);
      device.apply(tabletChanges);
    }
    assert.deepEqual(phone.items, tablet.items);
    server = phone;
  }
});

test("items that two devices have given the same position can be moved apart", () => {
  const [phone, tablet] = [List.ofDefaults(5), List.ofDefaults(5)];
  const changes = [...phone.move("item 0", 2, () => 0.5), ...tablet.move("item 4", 3, () => 0.5)];
  assert.equal(changes[0]!.position, changes[1]!.position);
  for (const device of [phone, tablet]) device.apply(changes);
  assert.deepEqual(phone.ids, ["item 1", "item 2", "item 0", "item 4", "item 3"]);
  assert.deepEqual(phone.items, tablet.items);
  assert.equal(phone.move("item 1", 2, Math.random).length, 2);
});

test("the default source of random numbers gives different positions", () => {
  const positions = new Set(Array.from({ length: 20 }, () => positionBetween("V1V", "V2V")));
  assert(positions.size > 10);
  assert.equal(move(List.ofDefaults(3).items, "item 0", 2).length, 1);
});

test("wrong arguments are refused", () => {
  const { items } = List.ofDefaults(3);
  assert.throws(() => move(items, "item 3", 0), RangeError);
  for (const index of [-1, 3, 0.5, NaN]) assert.throws(() => move(items, "item 0", index), RangeError);
  for (const position of ["", "V0", "V-V", "Ä", "V".repeat(65)]) {
    assert.throws(() => positionBetween(position, null), RangeError);
    assert.throws(() => positionBetween(null, position), RangeError);
  }
});
