import {
  type RecurrenceRule,
  type TaskDto,
  type Weekday,
  addDays,
  nextOccurrence,
  occurrencesBetween,
  recurrenceRules,
  successorId,
  successorOf,
} from "@fitnessify/client";
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

interface RuleVector {
  rule: string;
  anchor: string;
  through: string;
  dates: string[];
  more: boolean;
}

interface SuccessorVector {
  name: string;
  recurrence: RecurrenceRule;
  seriesId: string;
  occurrence: string;
  completedDay: string;
  next: { id: string; date: string; rule: string } | null;
}

interface Vectors {
  examples: (RuleVector & { name: string })[];
  rules: RuleVector[];
  successors: SuccessorVector[];
  refused: { name: string; rule: string }[];
}

// clients/vectors/recurrence.py tells how to make a file with more rules.
const file = process.env.FITNESSIFY_RECURRENCE_VECTORS ?? new URL("../../../vectors/recurrence.json", import.meta.url);
const vectors: Vectors = JSON.parse(await readFile(file, "utf8"));

const SERIES = "7d9f2c4e-1b3a-4f68-9c05-2e8a6b7d1f34";
const TASK: TaskDto = {
  id: SERIES,
  title: "Run",
  description: "Around the lake",
  status: "inProgress",
  priority: "high",
  due: { date: "2026-03-12", time: "09:00", timeZone: null },
  dueAt: "2026-03-12T08:00:00.000Z",
  reminders: [15],
  labels: ["outside"],
  listId: "0b9a5c1e-52a7-4f0e-8a53-0a6d3c0f7a11",
  position: "V1V",
  checklist: { shoes: { title: "Shoes", done: true, position: "V" }, water: { title: "Water", done: false, position: "W" } },
  createdAt: "2026-03-01T10:00:00.000Z",
  updatedAt: "2026-03-10T10:00:00.000Z",
  completedAt: null,
  deletedAt: null,
  version: 12,
  isOverdue: true,
  recurrence: { rule: "FREQ=WEEKLY;COUNT=3;BYDAY=MO,TH", from: "due" },
  seriesId: SERIES,
  occurrence: "2026-03-12",
};

/** Returns the dates of a rule, one more than are expected, each found from the same anchor. */
function datesOf({ rule, anchor, through, dates }: RuleVector): string[] {
  const found: string[] = [];
  let day = anchor;
  while (found.length <= dates.length) {
    const next = nextOccurrence({ rule, from: "due" }, anchor, day);
    if (next === null || next > through) break;
    found.push(next);
    day = addDays(next, 1);
  }
  return found;
}

/** Returns the dates of a series of tasks that are all completed on their day, one more than are expected. */
function seriesOf({ rule, anchor, through, dates }: RuleVector): string[] {
  const found: string[] = [];
  let task: TaskDto | null = { ...TASK, recurrence: { rule, from: "due" }, occurrence: anchor };
  while (found.length <= dates.length) {
    task = successorOf(task, `${task.occurrence}T12:00:00Z`, "UTC");
    if (!task?.occurrence || task.occurrence > through) break;
    found.push(task.occurrence);
  }
  return found;
}

function assertDates(found: string[], vector: RuleVector): void {
  const expected = vector.more ? found.slice(0, -1) : found;
  assert.deepEqual(expected, vector.dates, `${vector.rule} from ${vector.anchor}`);
  assert.equal(found.length > vector.dates.length, vector.more, `${vector.rule} from ${vector.anchor}`);
}

for (const { name, ...vector } of vectors.examples) {
  test(`a series agrees with the examples of RFC 5545: ${name}`, () => assertDates(seriesOf(vector), vector));
}

test("the dates of many rules agree with the vectors", (context) => {
  for (const vector of vectors.rules) {
    assertDates(datesOf(vector), vector);
    const { rule, anchor, dates } = vector;
    const before = addDays(anchor, 366);
    const shown = dates.filter((date) => date < before);
    assert.deepEqual(occurrencesBetween(rule, anchor, anchor, before).slice(0, shown.length), shown, `${rule} from ${anchor}`);
  }
  context.diagnostic(`${vectors.rules.length} rules`);
});

test("the next tasks of series agree with the vectors", (context) => {
  for (const { name, recurrence, seriesId, occurrence, completedDay, next } of vectors.successors) {
    assert.equal(nextOccurrence(recurrence, occurrence, completedDay), next?.date ?? null, name);
    const task = successorOf({ ...TASK, recurrence, seriesId, occurrence }, `${completedDay}T12:00:00Z`, "UTC");
    const expected = next && { id: next.id, due: next.date, occurrence: next.date, recurrence: { ...recurrence, rule: next.rule } };
    assert.deepEqual(
      task && { id: task.id, due: task.due?.date, occurrence: task.occurrence, recurrence: task.recurrence }, expected, name,
    );
  }
  context.diagnostic(`${vectors.successors.length} tasks`);
});

for (const { name, rule } of vectors.refused) {
  test(`a rule is refused: ${name}`, () => {
    assert.throws(() => nextOccurrence({ rule, from: "due" }, "2026-03-10", "2026-03-10"), RangeError);
    assert.throws(() => occurrencesBetween(rule, "2026-03-10", "2026-03-10", "2026-04-10"), RangeError);
  });
}

test("the next task is a copy for another date, with which everything starts again", () => {
  const done = { ...TASK, status: "done", completedAt: "2026-03-12T07:30:00.000Z" };
  assert.deepEqual(successorOf(done, "2026-03-12T08:30:00+01:00", "Europe/Berlin"), {
    ...TASK,
    id: successorId(SERIES, "2026-03-16"),
    status: "todo",
    due: { date: "2026-03-16", time: "09:00", timeZone: null },
    dueAt: "2026-03-16T08:00:00.000Z",
    checklist: { shoes: { title: "Shoes", done: false, position: "V" }, water: { title: "Water", done: false, position: "W" } },
    createdAt: "2026-03-12T07:30:00.000Z",
    updatedAt: "2026-03-12T07:30:00.000Z",
    version: 0,
    isOverdue: false,
    recurrence: { rule: "FREQ=WEEKLY;COUNT=2;BYDAY=MO,TH", from: "due" },
    occurrence: "2026-03-16",
  });
  assert.equal(TASK.checklist.shoes?.done, true);
});

test("a series goes on to its last task", () => {
  const second = successorOf(TASK, new Date("2026-03-12T12:00:00Z"), "UTC");
  const third = second && successorOf(second, new Date("2026-03-16T12:00:00Z"), "UTC");
  assert.equal(third?.recurrence?.rule, "FREQ=WEEKLY;COUNT=1;BYDAY=MO,TH");
  assert.equal(third.due?.date, "2026-03-19");
  assert.equal(successorOf(third, new Date("2026-03-19T12:00:00Z"), "UTC"), null);
});

test("the day of the completion is that of the person", () => {
  const daily: TaskDto = { ...TASK, recurrence: { rule: "FREQ=DAILY", from: "completion" }, occurrence: "2026-03-10" };
  assert.equal(successorOf(daily, "2026-03-12T04:00:00Z", "America/New_York")?.occurrence, "2026-03-13");
  assert.equal(successorOf(daily, "2026-03-12T03:00:00Z", "America/New_York")?.occurrence, "2026-03-12");
});

test("the next task may be overdue already", () => {
  const daily: TaskDto = { ...TASK, recurrence: { rule: "FREQ=DAILY", from: "due" } };
  const next = successorOf(daily, "2026-03-13T20:00:00Z", "Europe/Berlin");
  assert.equal(next?.dueAt, "2026-03-13T08:00:00.000Z");
  assert.equal(next.isOverdue, true);
});

test("a task that was moved, but not its place in the series, goes on from that place", () => {
  const moved: TaskDto = { ...TASK, due: { date: "2026-03-14", time: null, timeZone: "Asia/Tokyo" } };
  const next = successorOf(moved, "2026-03-14T12:00:00Z", "UTC");
  assert.deepEqual(next?.due, { date: "2026-03-16", time: null, timeZone: "Asia/Tokyo" });
  assert.equal(next.dueAt, "2026-03-16T14:59:59.999Z");
});

test("a task that does not repeat has no next one", () => {
  for (const change of [{ recurrence: null }, { seriesId: null }, { occurrence: null }, { due: null }]) {
    assert.equal(successorOf({ ...TASK, ...change }, "2026-03-12T12:00:00Z", "UTC"), null);
  }
});

test("an app may keep less of its tasks", () => {
  const { dueAt, isOverdue, version, deletedAt, ...kept } = TASK;
  const next = successorOf(kept, "2026-03-12T12:00:00Z", "UTC");
  assert.deepEqual(Object.keys(next ?? {}).sort(), Object.keys(kept).sort());
});

test("dates are found between two others", () => {
  const between = (rule: string, after: string, before: string) => occurrencesBetween(rule, "2026-03-10", after, before);
  assert.deepEqual(between("FREQ=DAILY;INTERVAL=7", "2026-03-31", "2026-05-01"), ["2026-04-07", "2026-04-14", "2026-04-21", "2026-04-28"]);
  assert.deepEqual(between("FREQ=DAILY", "2026-03-01", "2026-03-13"), ["2026-03-11", "2026-03-12"]);
  assert.deepEqual(between("FREQ=DAILY;UNTIL=20260311", "2026-03-01", "2026-03-13"), ["2026-03-11"]);
  assert.deepEqual(between("FREQ=DAILY;COUNT=3", "2026-03-01", "2026-04-01"), ["2026-03-11", "2026-03-12"]);
  assert.deepEqual(between("FREQ=DAILY;COUNT=3", "2026-03-11", "2026-04-01"), ["2026-03-12"]);
  assert.deepEqual(between("FREQ=DAILY;COUNT=1", "2026-03-01", "2026-04-01"), []);
  assert.deepEqual(between("FREQ=DAILY", "2026-03-12", "2026-03-13"), []);
  assert.deepEqual(between("FREQ=DAILY", "2026-03-13", "2026-03-12"), []);
  assert.deepEqual(between("FREQ=DAILY", "2025-01-01", "2026-01-02"), []);
  assert.equal(between("FREQ=DAILY", "2027-01-01", "2028-01-02").length, 365);
  assert.throws(() => between("FREQ=DAILY", "2027-01-01", "2028-01-03"), RangeError);
});

test("an old series costs no more than a new one", () => {
  for (const rule of ["FREQ=DAILY;INTERVAL=2", "FREQ=WEEKLY", "FREQ=MONTHLY", "FREQ=YEARLY"]) {
    for (let index = 0; index < 100; index++) assert(nextOccurrence({ rule, from: "due" }, "0001-01-01", "9000-01-01"));
  }
});

test("the ends of the calendar are ends of every series", () => {
  const next = (rule: string, date: string) => nextOccurrence({ rule, from: "due" }, date, date);
  assert.equal(next("FREQ=WEEKLY;WKST=SU;BYDAY=SU,MO,TU", "0001-01-01"), "0001-01-02");
  assert.equal(next("FREQ=DAILY", "9999-12-30"), "9999-12-31");
  for (const frequency of ["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]) assert.equal(next(`FREQ=${frequency}`, "9999-12-31"), null);
});

test("the usual rules are written, and mean what they say", () => {
  const { daily, everyWeekday, weekly, timesAWeek, monthly, lastDayOfMonth, monthlyOn, yearly } = recurrenceRules;
  const first = (rule: string, anchor: string) => occurrencesBetween(rule, anchor, anchor, addDays(anchor, 366)).slice(0, 4).join();
  const rules: [rule: string, expected: string, anchor: string, dates: string][] = [
    [daily(), "FREQ=DAILY", "2026-02-27", "2026-02-28,2026-03-01,2026-03-02,2026-03-03"],
    [daily(3, { count: 3 }), "FREQ=DAILY;INTERVAL=3;COUNT=3", "2026-02-27", "2026-03-02,2026-03-05"],
    [everyWeekday(), "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "2026-03-12", "2026-03-13,2026-03-16,2026-03-17,2026-03-18"],
    [
      weekly(["SU", "TU", "SU"], 2, { until: "2026-03-30" }),
      "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;UNTIL=20260330",
      "2026-03-10",
      "2026-03-15,2026-03-24,2026-03-29",
    ],
    [timesAWeek(3), "FREQ=WEEKLY;BYDAY=MO,WE,FR", "2026-03-09", "2026-03-11,2026-03-13,2026-03-16,2026-03-18"],
    [monthly(28), "FREQ=MONTHLY;BYMONTHDAY=28", "2026-01-28", "2026-02-28,2026-03-28,2026-04-28,2026-05-28"],
    [monthly(29), "FREQ=MONTHLY;BYMONTHDAY=28,29;BYSETPOS=-1", "2028-01-29", "2028-02-29,2028-03-29,2028-04-29,2028-05-29"],
    [monthly(30), "FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1", "2026-01-30", "2026-02-28,2026-03-30,2026-04-30,2026-05-30"],
    [monthly(31), "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1", "2026-02-28", "2026-03-31,2026-04-30,2026-05-31,2026-06-30"],
    [lastDayOfMonth(6), "FREQ=MONTHLY;INTERVAL=6;BYMONTHDAY=-1", "2026-02-28", "2026-08-31,2027-02-28"],
    [monthlyOn(2, "TU"), "FREQ=MONTHLY;BYDAY=2TU", "2026-03-10", "2026-04-14,2026-05-12,2026-06-09,2026-07-14"],
    [monthlyOn(-1, "FR", 3), "FREQ=MONTHLY;INTERVAL=3;BYDAY=-1FR", "2026-01-30", "2026-04-24,2026-07-31,2026-10-30,2027-01-29"],
    [yearly(12, 24), "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24", "2025-12-24", "2026-12-24"],
    [yearly(2, 29), "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1", "2028-02-29", "2029-02-28"],
    [yearly(1, 31, 5), "FREQ=YEARLY;INTERVAL=5;BYMONTH=1;BYMONTHDAY=31", "2026-01-31", ""],
  ];
  for (const [rule, expected, anchor, dates] of rules) {
    assert.equal(rule, expected);
    assert.equal(first(rule, anchor), dates, rule);
  }

  const spread = ["MO", "MO,TH", "MO,WE,FR", "MO,TU,TH,SA", "MO,TU,WE,FR,SA", "MO,TU,WE,TH,FR,SA", "MO,TU,WE,TH,FR,SA,SU"];
  assert.deepEqual(spread.map((_, index) => timesAWeek(index + 1)), spread.map((days) => `FREQ=WEEKLY;BYDAY=${days}`));
});

test("rules that make no sense are refused", () => {
  const { daily, weekly, timesAWeek, monthly, monthlyOn, yearly } = recurrenceRules;
  for (const number of [0, -1, 1.5, NaN, 100_000]) {
    assert.throws(() => daily(number), RangeError);
    assert.throws(() => daily(1, { count: number }), RangeError);
  }
  assert.throws(() => daily(1, { until: "2026-02-29" }), RangeError);
  assert.throws(() => weekly([]), RangeError);
  assert.throws(() => weekly(["XX" as Weekday]), RangeError);
  for (const times of [0, 8, 2.5]) assert.throws(() => timesAWeek(times), RangeError);
  for (const day of [0, 32, -2, 1.5]) assert.throws(() => monthly(day), RangeError);
  for (const ordinal of [0, 6, -6, 1.5]) assert.throws(() => monthlyOn(ordinal, "MO"), RangeError);
  assert.throws(() => monthlyOn(1, "mo" as Weekday), RangeError);
  for (const [month, day] of [[0, 1], [13, 1], [2, 30], [4, 31], [1, 0], [1, 32]] as const) {
    assert.throws(() => yearly(month, day), RangeError);
  }
});

test("ids, dates and what dates are counted from are refused if they are malformed", () => {
  assert.equal(successorId(SERIES.toUpperCase(), "2026-03-16"), successorId(SERIES, "2026-03-16"));
  for (const id of ["", "7d9f2c4e1b3a4f689c052e8a6b7d1f34", `${SERIES}0`, SERIES.replace("7", "g")]) {
    assert.throws(() => successorId(id, "2026-03-16"), { name: "RangeError", message: `This is not a UUID: ${id}` });
  }
  const daily = { rule: "FREQ=DAILY", from: "due" };
  for (const date of ["", "2026-02-29", "20260310"]) {
    const refused = { name: "RangeError", message: `This is not a date: ${date}` };
    assert.throws(() => successorId(SERIES, date), refused);
    assert.throws(() => nextOccurrence(daily, date, "2026-03-10"), refused);
    assert.throws(() => nextOccurrence(daily, "2026-03-10", date), refused);
    assert.throws(() => occurrencesBetween(daily.rule, date, "2026-03-10", "2026-03-12"), refused);
  }
  for (const from of ["", "Due", "start"]) assert.throws(() => nextOccurrence({ ...daily, from }, "2026-03-10", "2026-03-10"), RangeError);
});
