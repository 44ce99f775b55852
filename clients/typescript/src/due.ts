// In here, moments and local times are numbers of milliseconds since 1970, local times as if they were in UTC, so that nothing depends on
// the time zone of the device. clients/csharp/Client/DueTimes.cs has the same algorithm, and both are tested with clients/vectors/due.json.

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

// The server knows the years 1 to 9999. Moments and local times beyond them become the first or the last of them.
const FIRST = -62_135_596_800_000;
const LAST = 253_402_300_799_999;

// The reminders of an all-day task count from 09:00.
const MORNING = 540 * MINUTE;

const MAX_MINUTES_BEFORE = 40_320;

// Formatters are expensive to make, and an app shows few time zones.
const MAX_FORMATTERS = 32;
const formatters = new Map<string, Intl.DateTimeFormat>();

/** When a task is due, as a person says it. */
export interface LocalDue {
  /** The day, as `yyyy-MM-dd`. */
  readonly date: string;
  /** The time of the day, as `HH:mm[:ss[.fff]]`. Without it, the task is due all day. */
  readonly time?: string | null | undefined;
  /** The IANA name of a time zone. Without it, the task is due wherever the person is. */
  readonly timeZone?: string | null | undefined;
}

/**
 * Returns the moment at which a task is due, in UTC: if it has no time, the last millisecond of its day. A time that the clocks skip is the
 * first moment after it, and one that they show twice is the first of the two.
 * @param due The due of the task.
 * @param timeZone The IANA name of the time zone of the person, which is used if the due has none.
 * @returns The moment as `yyyy-MM-ddTHH:mm:ss.fffZ`.
 * @throws RangeError The date or the time is malformed, or the time zone is unknown.
 */
export function dueMoment(due: LocalDue, timeZone: string): string {
  return format(momentOfDue(due, timeZone));
}

/**
 * Returns the moment of a reminder, in UTC. For an all-day task it counts from 09:00.
 * @param due The due of the task.
 * @param minutesBefore The minutes before the task is due, 0 to 40320.
 * @param timeZone The IANA name of the time zone of the person, which is used if the due has none.
 * @returns The moment as `yyyy-MM-ddTHH:mm:ss.fffZ`.
 * @throws RangeError The date or the time is malformed, the time zone is unknown, or the minutes are out of range.
 */
export function reminderMoment(due: LocalDue, minutesBefore: number, timeZone: string): string {
  if (!Number.isInteger(minutesBefore) || minutesBefore < 0 || minutesBefore > MAX_MINUTES_BEFORE) {
    throw new RangeError("The minutes before the task is due are out of range.");
  }
  const time = due.time == null ? MORNING : parseTime(due.time);
  return format(momentOf(parseDate(due.date) + time, due.timeZone ?? timeZone) - minutesBefore * MINUTE);
}

/**
 * Returns the date on which a task is due for a person in a time zone. It is another one than the date of the due if that has another time
 * zone, and the moment is on another day here.
 * @param due The due of the task.
 * @param timeZone The IANA name of the time zone of the person.
 * @returns The date as `yyyy-MM-dd`. The order of dates is that of the strings.
 * @throws RangeError The date or the time is malformed, or the time zone is unknown.
 */
export function dueDate(due: LocalDue, timeZone: string): string {
  return localAt(momentOfDue(due, timeZone), timeZone).date;
}

/**
 * Returns the date and the time that clocks of a time zone show at a moment.
 * @param moment The moment, such as the `dueAt` of a task or `new Date()`. A string needs an offset.
 * @param timeZone The IANA name of the time zone.
 * @returns The date as `yyyy-MM-dd`, and the time as the shortest of `HH:mm[:ss[.fff]]`.
 * @throws RangeError The moment is malformed, or the time zone is unknown.
 */
export function localDue(moment: string | Date, timeZone: string): { date: string; time: string } {
  return localAt(typeof moment === "string" ? parseMoment(moment) : inRange(moment.getTime(), moment), timeZone);
}

/**
 * Returns the date that is a number of days later, or earlier if the number is negative.
 * @param date The date as `yyyy-MM-dd`.
 * @param days The whole number of days.
 * @throws RangeError The date is malformed, the days are not a whole number, or the result is not in the years 1 to 9999.
 */
export function addDays(date: string, days: number): string {
  if (!Number.isInteger(days)) throw new RangeError(`This is not a number of days: ${days}`);
  return format(inRange(parseDate(date) + days * DAY, `${date} and ${days} days`)).slice(0, 10);
}

function momentOfDue({ date, time, timeZone: own }: LocalDue, timeZone: string): number {
  const [midnight, zone] = [parseDate(date), own ?? timeZone];
  if (time != null) return momentOf(midnight + parseTime(time), zone);
  const next = midnight + DAY;
  return next > LAST ? momentOf(LAST, zone) : momentOf(next, zone) - 1;
}

/** Returns the moment at which clocks show a local time. */
function momentOf(local: number, timeZone: string): number {
  // A zone does not change its offset twice within two days.
  const [before, after] = [offsetAt(local - DAY, timeZone), offsetAt(local + DAY, timeZone)];
  // The larger offset belongs to the earlier moment.
  for (const offset of before > after ? [before, after] : [after, before]) {
    const moment = clamp(local - offset);
    if (offsetAt(moment, timeZone) === offset) return moment;
  }

  // The clocks skip the local time. The moment of the change is later than the one, and not later than the other.
  let [earlier, later] = [local - after, local - before];
  while (later - earlier > 1) {
    const middle = Math.floor((earlier + later) / 2);
    if (offsetAt(middle, timeZone) === after) later = middle;
    else earlier = middle;
  }
  return later;
}

function localAt(moment: number, timeZone: string): { date: string; time: string } {
  const text = format(moment + offsetAt(moment, timeZone));
  return { date: text.slice(0, 10), time: text.slice(11, 23).replace(/(:00)?\.000$/, "") };
}

/** Returns what clocks of a time zone are ahead of UTC. */
function offsetAt(moment: number, timeZone: string): number {
  // Years before 1 are written in another way. No zone changes its offset near the ends of the range.
  const clamped = Math.min(Math.max(moment, FIRST + 2 * DAY), LAST - 2 * DAY);
  const second = Math.floor(clamped / 1000) * 1000;
  const shown: Record<string, number> = {};
  for (const { type, value } of formatterOf(timeZone).formatToParts(second)) shown[type] = Number(value);
  const { year = NaN, month = NaN, day = NaN, hour = NaN, minute = NaN, second: seconds = NaN } = shown;
  // Some engines write midnight as 24.
  return utc(year, month, day) + ((hour % 24) * 60 + minute) * MINUTE + seconds * 1000 - second;
}

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known) return known;
  // Some engines take offsets too, but the server does not.
  if (!/^[A-Za-z]/.test(timeZone)) throw new RangeError(`This is not a time zone: ${timeZone}`);
  const formatter = newFormatter(timeZone);
  if (formatters.size >= MAX_FORMATTERS) formatters.clear();
  formatters.set(timeZone, formatter);
  return formatter;
}

function newFormatter(timeZone: string): Intl.DateTimeFormat {
  const numeric = "numeric";
  const fields = { year: numeric, month: numeric, day: numeric, hour: numeric, minute: numeric, second: numeric } as const;
  try {
    return new Intl.DateTimeFormat("en-US", { ...fields, hourCycle: "h23", timeZone });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new RangeError(`This is not a time zone: ${timeZone}`);
  }
}

function parseDate(text: string): number {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? [];
  const date = utc(Number(year), Number(month), Number(day));
  // A day that the month does not have has become one of the next month.
  if (!(date >= FIRST && date <= LAST && format(date).startsWith(text))) throw new RangeError(`This is not a date: ${text}`);
  return date;
}

function parseTime(text: string): number {
  const [, hour, minute, second = 0, millisecond = 0] = /^([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.(\d{3}))?)?$/.exec(text) ?? [];
  if (hour === undefined) throw new RangeError(`This is not a time: ${text}`);
  return (Number(hour) * 60 + Number(minute)) * MINUTE + Number(second) * 1000 + Number(millisecond);
}

function parseMoment(text: string): number {
  // Without an offset, the moment would depend on the device. Not every engine reads more than three digits of a second.
  const pattern = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::(\d\d(?:\.\d{1,3})?)\d*)?(Z|[+-]\d\d:\d\d)$/i;
  const [, date, minutes, seconds = "00", offset] = pattern.exec(text) ?? [];
  if (date === undefined || offset === undefined) throw new RangeError(`This is not a moment: ${text}`);
  parseDate(date);
  return inRange(Date.parse(`${date}T${minutes}:${seconds}${offset.toUpperCase()}`), text);
}

function inRange(time: number, source: unknown): number {
  if (!(time >= FIRST && time <= LAST)) throw new RangeError(`This is not a moment in the years 1 to 9999: ${source}`);
  return time;
}

/** `Date.UTC` would take the years 0 to 99 for those from 1900 on. */
function utc(year: number, month: number, day: number): number {
  return new Date(0).setUTCFullYear(year, month - 1, day);
}

function format(time: number): string {
  return new Date(clamp(time)).toISOString();
}

function clamp(time: number): number {
  return Math.min(Math.max(time, FIRST), LAST);
}
