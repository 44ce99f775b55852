// In here, days are numbers of days since 1970-01-01, and days of the week are numbers from 0 for Monday. The algorithm is also that of
// clients/csharp/Client/Recurrences.cs, and both are tested with clients/vectors/recurrence.json. Whole days need no more than a filter,
// so that no app has to load a library of calendars or a polyfill of Temporal.

import { type LocalDue, addDays, dueMoment, localDue } from "./due.js";

const DAY = 86_400_000;
const WEEK = 7;

// The day of the week of 1970-01-01.
const THURSDAY = 3;

// The years 1 to 9999, as the server has them.
const FIRST = -719_162;
const LAST = 2_932_896;

const MAX_YEARS = 10;
const MAX_SPAN = 366;
const MAX_NUMBER = 99_999;

const WEEKDAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"] as const;
const FREQUENCIES = ["DAILY", "WEEKLY", "MONTHLY", "YEARLY"] as const;
const NAMES = ["FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYMONTH", "BYWEEKNO", "BYYEARDAY", "BYMONTHDAY", "BYDAY", "BYSETPOS"];

/** A day of the week as rules write it. */
export type Weekday = (typeof WEEKDAYS)[number];

/** How a task repeats. */
export interface RecurrenceRule {
  /** An RRULE of days or longer in capitals (RFC 5545, section 3.3.10), such as `FREQ=WEEKLY;BYDAY=MO,WE,FR`. */
  readonly rule: string;
  /** Whether its dates are fixed (`due`), or counted from the day of the completion (`completion`). */
  readonly from: "due" | "completion" | (string & {});
}

/** What of a task says how it repeats, and what another task of its series has of its own. */
export interface RepeatingTask {
  readonly id: string;
  readonly status: string;
  readonly due: LocalDue | null;
  readonly recurrence: RecurrenceRule | null;
  readonly seriesId: string | null;
  readonly occurrence: string | null;
  readonly checklist: { readonly [key: string]: { readonly done: boolean } };
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly completedAt: string | null;
}

/** How a rule ends: after so many tasks, or after the date `until`, as `yyyy-MM-dd`. */
export type RuleEnd = { readonly count: number } | { readonly until: string };

/** A rule as it is evaluated. A list that it does not have is undefined. */
interface Rule {
  readonly frequency: (typeof FREQUENCIES)[number];
  readonly interval: number;
  readonly count: number | undefined;
  readonly until: number;
  readonly weekStart: number;
  readonly months: number[] | undefined;
  readonly weeks: number[] | undefined;
  readonly yearDays: number[] | undefined;
  readonly monthDays: number[] | undefined;
  /** The ordinal is 0 for every such day of the week. */
  readonly weekdays: { readonly ordinal: number; readonly weekday: number }[] | undefined;
  readonly positions: number[] | undefined;
}

/** How many days of the same month or year come before a day, and how many behind it. */
interface Place {
  readonly before: number;
  readonly behind: number;
}

/**
 * Returns the date of the next task of a series: if its dates are fixed, the first one of the rule that is after the present one and not
 * before the day of the completion; if they are counted from the completion, the first one after that day and after the present one.
 * @param recurrence How the present task repeats.
 * @param occurrence The date for which the present task stands in its series, as `yyyy-MM-dd`.
 * @param completedDay The date that the clocks of the person show when it is done or skipped.
 * @returns The date as `yyyy-MM-dd`. It is null if the series ends: by its count, by its last date, or because ten years have no date.
 * @throws RangeError The rule is no rule of whole days, or a date is malformed.
 */
export function nextOccurrence(recurrence: RecurrenceRule, occurrence: string, completedDay: string): string | null {
  const rule = parseRule(recurrence.rule);
  const [present, completed] = [parseDay(occurrence), parseDay(completedDay)];
  const [anchor, after] = isFixed(recurrence)
    ? [present, Math.max(present, completed - 1)]
    : [completed, Math.max(present, completed)];
  if (rule.count === 1) return null;
  const [next] = daysAfter(rule, anchor, after, tenYearsAfter(after));
  return next === undefined ? null : format(next);
}

/**
 * Returns the id that the task of a series for a date has, on every device and on the server: a UUIDv5 (RFC 9562).
 * @param seriesId The id of the series.
 * @param date The date for which the task stands, as `yyyy-MM-dd`.
 * @returns The UUID in lower case.
 * @throws RangeError The id is no UUID, or the date is malformed.
 */
export function successorId(seriesId: string, date: string): string {
  if (!/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(seriesId)) throw new RangeError(`This is not a UUID: ${seriesId}`);
  const namespace = seriesId.replaceAll("-", "").match(/../g) ?? [];
  const name = [...addDays(date, 0)].map((character) => character.charCodeAt(0));
  const hash = sha1([...namespace.map((digits) => parseInt(digits, 16)), ...name]);
  const variant = ((parseInt(hash.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return [hash.slice(0, 8), hash.slice(8, 12), `5${hash.slice(13, 16)}`, variant + hash.slice(17, 20), hash.slice(20, 32)].join("-");
}

/**
 * Predicts the next task of a series, which the server makes when the present one becomes done or cancelled. An app that is offline can
 * show it at once, and even complete it: the task of the server will have the same id.
 * @param task The present task, as it was before or after that.
 * @param completedAt The moment at which it was done or skipped. A string needs an offset.
 * @param timeZone The IANA name of the time zone of the person.
 * @returns The task with `version` 0, so that what the server says is newer. It is null if the task does not repeat, or if its series ends.
 * @throws RangeError The rule is no rule of whole days, a date or a moment is malformed, or a time zone is unknown.
 */
export function successorOf<T extends RepeatingTask>(task: T, completedAt: string | Date, timeZone: string): T | null {
  const { recurrence, seriesId, occurrence } = task;
  if (!task.due || !recurrence || seriesId === null || occurrence === null) return null;
  const date = nextOccurrence(recurrence, occurrence, localDue(completedAt, timeZone).date);
  if (date === null) return null;

  const now = dueMoment(localDue(completedAt, "UTC"), "UTC");
  const due = { ...task.due, date };
  const dueAt = dueMoment(due, timeZone);
  const computed = { dueAt, deletedAt: null, version: 0, isOverdue: dueAt < now };
  return {
    ...task,
    // An app may keep tasks without these.
    ...Object.fromEntries(Object.entries(computed).filter(([name]) => name in task)),
    id: successorId(seriesId, date),
    status: "todo",
    due,
    recurrence: { ...recurrence, rule: ruleAfter(recurrence.rule) },
    occurrence: date,
    checklist: Object.fromEntries(Object.entries(task.checklist).map(([key, item]) => [key, { ...item, done: false }])),
    createdAt: now,
    updatedAt: now,
    completedAt: null,
  };
}

/**
 * Returns the dates between two others, both excluded, on which later tasks of a series will stand if each is completed on its day, for
 * instance those in a month of a calendar.
 * @param rule The rule of the present task.
 * @param anchor The date from which the rule counts: that of the present task, or the day of its completion. It is none of the dates.
 * @param after The date before the first possible one, as `yyyy-MM-dd`.
 * @param before The date after the last possible one, at most 366 days later.
 * @returns The dates in their order.
 * @throws RangeError The rule is no rule of whole days, a date is malformed, or there are more than 366 days.
 */
export function occurrencesBetween(rule: string, anchor: string, after: string, before: string): string[] {
  const parsed = parseRule(rule);
  const [start, from, to] = [parseDay(anchor), parseDay(after), parseDay(before)];
  if (to - from > MAX_SPAN) throw new RangeError(`These are more than ${MAX_SPAN} days: ${after} to ${before}`);

  // The dates of a rule with a count have to be counted from its anchor.
  const { count = Infinity } = parsed;
  const since = count === Infinity ? Math.max(start, from) : start;
  const days: number[] = [];
  let counted = 1;
  for (const day of daysAfter(parsed, start, since, to - 1)) {
    if (++counted > count) break;
    if (day > from) days.push(day);
  }
  return days.map(format);
}

/**
 * The usual rules. Each takes an interval, where it has one, which is 1 unless given, and an end, without which it has none.
 * A RangeError is thrown for every argument that makes no sense.
 */
export const recurrenceRules = {
  /** Every day, or every so many days. */
  daily: (interval = 1, end?: RuleEnd): string => write("DAILY", interval, end),

  /** From Monday to Friday. */
  everyWeekday: (end?: RuleEnd): string => recurrenceRules.weekly(WEEKDAYS.slice(0, 5), 1, end),

  /** On days of the week, every week or every so many weeks. */
  weekly(days: readonly Weekday[], interval = 1, end?: RuleEnd): string {
    for (const day of days) check(WEEKDAYS.includes(day), "a day of the week", day);
    check(days.length > 0, "a list of days", days);
    return write("WEEKLY", interval, end, `BYDAY=${WEEKDAYS.filter((day) => days.includes(day)).join(",")}`);
  },

  /** On 1 to 7 days of the week that are evenly spread: 3 are Monday, Wednesday and Friday. */
  timesAWeek(times: number, end?: RuleEnd): string {
    checkNumber(times, 1, WEEK, "a number of days of the week");
    const days = Array.from({ length: times }, (_, index) => WEEKDAYS[Math.floor((index * WEEK) / times)] as Weekday);
    return recurrenceRules.weekly(days, 1, end);
  },

  /** On a day of the month, or on the last day of a month that is too short for it. -1 is the last day of every month. */
  monthly(day: number, interval = 1, end?: RuleEnd): string {
    if (day !== -1) checkNumber(day, 1, 31, "a day of the month");
    return write("MONTHLY", interval, end, monthDay(day, 28));
  },

  /** On the last day of the month. */
  lastDayOfMonth: (interval = 1, end?: RuleEnd): string => recurrenceRules.monthly(-1, interval, end),

  /** On a day of the week of the month: its first one is 1, and its last one is -1. Months without a fifth one are left out. */
  monthlyOn(ordinal: number, weekday: Weekday, interval = 1, end?: RuleEnd): string {
    checkNumber(Math.abs(ordinal), 1, 5, "the number of a day of the week in the month");
    check(WEEKDAYS.includes(weekday), "a day of the week", weekday);
    return write("MONTHLY", interval, end, `BYDAY=${ordinal}${weekday}`);
  },

  /** On a day of the year. 29 February is 28 February in the years that do not have it. */
  yearly(month: number, day: number, interval = 1, end?: RuleEnd): string {
    checkNumber(month, 1, 12, "a month");
    checkNumber(day, 1, dayNumber(2000, month, 1) - dayNumber(2000, month - 1, 1), "a day of the month");
    return write("YEARLY", interval, end, `BYMONTH=${month}`, monthDay(day, month === 2 ? 28 : 31));
  },
};

/** Writes a day of the month that becomes the last one where the month is shorter. No month is shorter than `safe`. */
function monthDay(day: number, safe: number): string {
  if (day <= safe) return `BYMONTHDAY=${day}`;
  return `BYMONTHDAY=${Array.from({ length: day - safe + 1 }, (_, index) => safe + index).join(",")};BYSETPOS=-1`;
}

function write(frequency: Rule["frequency"], interval: number, end: RuleEnd | undefined, ...parts: string[]): string {
  checkNumber(interval, 1, MAX_NUMBER, "an interval");
  if (interval > 1) parts.unshift(`INTERVAL=${interval}`);
  if (end && "count" in end) {
    checkNumber(end.count, 1, MAX_NUMBER, "a count");
    parts.push(`COUNT=${end.count}`);
  } else if (end) {
    parts.push(`UNTIL=${addDays(end.until, 0).replaceAll("-", "")}`);
  }
  return [`FREQ=${frequency}`, ...parts].join(";");
}

function checkNumber(number: number, min: number, max: number, what: string): void {
  check(Number.isInteger(number) && number >= min && number <= max, what, number);
}

function check(isValid: boolean, what: string, value: unknown): void {
  if (!isValid) throw new RangeError(`This is not ${what}: ${value}`);
}

/** Returns the rule of the next task of a series, which makes one task less. */
function ruleAfter(rule: string): string {
  return rule.replace(/(^|;)COUNT=(\d+)/, (_, start: string, count: string) => `${start}COUNT=${Number(count) - 1}`);
}

function isFixed({ from }: RecurrenceRule): boolean {
  check(from === "due" || from === "completion", "what dates are counted from", from);
  return from === "due";
}

/** Enumerates the days of a rule that are later than `after`, which is not before the anchor, and not later than `last`. */
function* daysAfter(rule: Rule, anchor: number, after: number, last: number): Generator<number> {
  const anchored = withAnchor(rule, anchor);
  const end = Math.min(last, rule.until, LAST);
  const first = periodOf(rule, anchor);
  // Whole intervals are skipped, so that an old anchor costs no more than a new one.
  const skipped = Math.ceil((periodOf(rule, after + 1) - first) / rule.interval) * rule.interval;
  for (let period = first + skipped; startOf(rule, period) <= end; period += rule.interval) {
    for (const day of daysIn(anchored, period)) {
      if (day > after && day <= end) yield day;
    }
  }
}

/** Returns the rule with what it does not say itself, which is as on the day of its anchor. */
function withAnchor(rule: Rule, anchor: number): Rule {
  const { frequency, months, weeks, yearDays, monthDays, weekdays } = rule;
  if (frequency === "DAILY" || weekdays || monthDays || yearDays) return rule;
  if (frequency === "WEEKLY" || weeks) return { ...rule, weekdays: [{ ordinal: 0, weekday: weekdayOf(anchor) }] };
  const date = dateOf(anchor);
  const anchored = { ...rule, monthDays: [date.getUTCDate()] };
  return frequency === "MONTHLY" || months ? anchored : { ...anchored, months: [date.getUTCMonth() + 1] };
}

/** Returns the number of the day, week, month or year, depending on the frequency of the rule, that a day is in. */
function periodOf({ frequency, weekStart }: Rule, day: number): number {
  if (frequency === "DAILY") return day;
  if (frequency === "WEEKLY") return Math.floor((day + THURSDAY - weekStart) / WEEK);
  const date = dateOf(day);
  return frequency === "MONTHLY" ? date.getUTCFullYear() * 12 + date.getUTCMonth() : date.getUTCFullYear();
}

/** Returns the first day of a period. */
function startOf({ frequency, weekStart }: Rule, period: number): number {
  if (frequency === "DAILY") return period;
  if (frequency === "WEEKLY") return period * WEEK - THURSDAY + weekStart;
  return frequency === "MONTHLY" ? dayNumber(0, period, 1) : dayNumber(period, 0, 1);
}

/** Returns the days of a period that the rule names. */
function daysIn(rule: Rule, period: number): number[] {
  const days: number[] = [];
  const end = Math.min(startOf(rule, period + 1), LAST + 1);
  for (let day = Math.max(startOf(rule, period), FIRST); day < end; day++) {
    if (hasDay(rule, day)) days.push(day);
  }
  const { positions } = rule;
  return positions ? days.filter((_, index) => isAt(positions, { before: index, behind: days.length - 1 - index })) : days;
}

/** Returns whether each list of the rule has the day. */
function hasDay({ frequency, weekStart, months, weeks, yearDays, monthDays, weekdays }: Rule, day: number): boolean {
  if (months && !months.includes(dateOf(day).getUTCMonth() + 1)) return false;
  if (monthDays && !isAt(monthDays, placeInMonth(day))) return false;
  if (yearDays && !isAt(yearDays, placeInYear(day))) return false;
  // A week belongs to the year that has most of its days, and so its fourth day.
  const fourth = day - modulo(weekdayOf(day) - weekStart, WEEK) + 3;
  if (weeks && !isAt(weeks, inWeeks(placeInYear(fourth)))) return false;
  if (!weekdays) return true;
  const place = inWeeks(frequency === "MONTHLY" || months ? placeInMonth(day) : placeInYear(day));
  return weekdays.some(({ ordinal, weekday }) => weekday === weekdayOf(day) && (ordinal === 0 || isAt([ordinal], place)));
}

/** Returns whether one of the numbers, which are from the end if they are negative, is that of the place. */
function isAt(numbers: number[], { before, behind }: Place): boolean {
  return numbers.includes(before + 1) || numbers.includes(-behind - 1);
}

function placeInMonth(day: number): Place {
  const date = dateOf(day);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  return { before: day - dayNumber(year, month, 1), behind: dayNumber(year, month + 1, 1) - 1 - day };
}

function placeInYear(day: number): Place {
  const year = dateOf(day).getUTCFullYear();
  return { before: day - dayNumber(year, 0, 1), behind: dayNumber(year + 1, 0, 1) - 1 - day };
}

/** Returns the place among the days that are the same day of the week. */
function inWeeks({ before, behind }: Place): Place {
  return { before: Math.floor(before / WEEK), behind: Math.floor(behind / WEEK) };
}

function parseRule(text: string): Rule {
  const parts = new Map<string, string>();
  for (const part of text.split(";")) {
    const [, name = "", value = ""] = /^([A-Z]+)=([^=]+)$/.exec(part) ?? [];
    demand(NAMES.includes(name) && !parts.has(name));
    parts.set(name, value);
  }
  const frequency = FREQUENCIES.find((name) => name === parts.get("FREQ"));
  const weekStart = WEEKDAYS.findIndex((day) => day === (parts.get("WKST") ?? "MO"));
  const until = parts.get("UNTIL");
  const [, date] = /^(\d{8})(?:T(?:[01]\d|2[0-3])[0-5]\d[0-5]\dZ?)?$/.exec(until ?? "") ?? [];
  demand(frequency !== undefined && weekStart >= 0 && (until === undefined || date !== undefined));
  const rule: Rule = {
    frequency,
    interval: number("INTERVAL", MAX_NUMBER) ?? 1,
    count: number("COUNT", MAX_NUMBER),
    // The date counts as it is written.
    until: date === undefined ? LAST : parseDay(date.replace(/^(.{4})(..)/, "$1-$2-")),
    weekStart,
    months: parts.get("BYMONTH")?.split(",").map((month) => parseNumber(month, 12)),
    weeks: numbers("BYWEEKNO", 53),
    yearDays: numbers("BYYEARDAY", 366),
    monthDays: numbers("BYMONTHDAY", 31),
    weekdays: parts.get("BYDAY")?.split(",").map(parseWeekday),
    positions: numbers("BYSETPOS", 366),
  };

  // These are what RFC 5545 rules out, because the period has no such days.
  const { months, weeks, yearDays, monthDays, weekdays, positions } = rule;
  demand(rule.count === undefined || until === undefined);
  demand(frequency === "YEARLY" || !(weeks ?? yearDays));
  demand(frequency !== "WEEKLY" || !monthDays);
  demand(frequency === "MONTHLY" || (frequency === "YEARLY" && !weeks) || !weekdays?.some(({ ordinal }) => ordinal !== 0));
  demand(!positions || (months ?? weeks ?? yearDays ?? monthDays ?? weekdays) !== undefined);
  return rule;

  function demand(isValid: boolean): asserts isValid {
    if (!isValid) throw new RangeError(`This is not a rule of days: ${text}`);
  }

  function number(name: string, max: number): number | undefined {
    const value = parts.get(name);
    return value === undefined ? undefined : parseNumber(value, max);
  }

  function numbers(name: string, max: number): number[] | undefined {
    return parts.get(name)?.split(",").map((value) => parseSigned(value, max));
  }

  function parseNumber(value: string, max: number): number {
    const parsed = /^\d+$/.test(value) ? Number(value) : 0;
    demand(parsed >= 1 && parsed <= max);
    return parsed;
  }

  function parseSigned(value: string, max: number): number {
    return value.startsWith("-") ? -parseNumber(value.slice(1), max) : parseNumber(value.replace(/^\+/, ""), max);
  }

  function parseWeekday(value: string): { ordinal: number; weekday: number } {
    const [ordinal, weekday] = [value.slice(0, -2), WEEKDAYS.findIndex((day) => day === value.slice(-2))];
    demand(weekday >= 0);
    return { ordinal: ordinal === "" ? 0 : parseSigned(ordinal, 53), weekday };
  }
}

function parseDay(date: string): number {
  return Date.parse(addDays(date, 0)) / DAY;
}

function format(day: number): string {
  return dateOf(day).toISOString().slice(0, 10);
}

/** Returns the same date ten years later, or the day before if that is a 29 February which does not exist. */
function tenYearsAfter(day: number): number {
  const date = dateOf(day);
  const [year, month] = [date.getUTCFullYear() + MAX_YEARS, date.getUTCMonth()];
  return Math.min(dayNumber(year, month, date.getUTCDate()), dayNumber(year, month + 1, 1) - 1);
}

function dateOf(day: number): Date {
  return new Date(day * DAY);
}

/** Months are numbers from 0 here, and may be those of other years. `Date.UTC` would take the years 0 to 99 for those from 1900 on. */
function dayNumber(year: number, month: number, day: number): number {
  return new Date(0).setUTCFullYear(year, month, day) / DAY;
}

function weekdayOf(day: number): number {
  return modulo(day + THURSDAY, WEEK);
}

function modulo(number: number, divisor: number): number {
  return ((number % divisor) + divisor) % divisor;
}

/** Returns the SHA-1 of at most 55 bytes, which fit in one block, in hexadecimal. That of browsers is asynchronous. */
function sha1(bytes: number[]): string {
  const block = new DataView(new ArrayBuffer(64));
  [...bytes, 0x80].forEach((byte, index) => block.setUint8(index, byte));
  block.setUint32(60, bytes.length * 8);
  const words = Array.from({ length: 16 }, (_, index) => block.getUint32(index * 4));
  while (words.length < 80) words.push(rotate([3, 8, 14, 16].reduce((word, back) => word ^ (words[words.length - back] as number), 0), 1));

  const start = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0] as const;
  let [a, b, c, d, e]: [number, number, number, number, number] = [...start];
  words.forEach((word, round) => {
    const [mixed, constant] =
      round < 20 ? [(b & c) | (~b & d), 0x5a827999]
      : round < 40 ? [b ^ c ^ d, 0x6ed9eba1]
      : round < 60 ? [(b & c) | (b & d) | (c & d), 0x8f1bbcdc]
      : [b ^ c ^ d, 0xca62c1d6];
    [a, b, c, d, e] = [(rotate(a, 5) + mixed + e + constant + word) | 0, a, rotate(b, 30), c, d];
  });
  return [a, b, c, d, e].map((word, index) => ((word + (start[index] as number)) >>> 0).toString(16).padStart(8, "0")).join("");
}

function rotate(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}
