import { type LocalDue, addDays, dueDate, dueMoment, localDue, reminderMoment } from "@fitnessify/client";
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

interface Vectors {
  dues: { name: string; due: LocalDue; timeZone: string; dueAt: string; reminders: { minutesBefore: number; at: string }[] }[];
  locals: { name: string; moment: string; timeZone: string; date: string; time: string }[];
  zones: {
    timeZone: string;
    times: Record<string, string>;
    days: Record<string, [dueAt: string, nine: string]>;
    moments: Record<string, string>;
  }[];
}

// docs/maintaining.md tells how to make a file with every zone.
const file = process.env.FITNESSIFY_DUE_VECTORS ?? new URL("../../../vectors/due.json", import.meta.url);
const vectors: Vectors = JSON.parse(await readFile(file, "utf8"));

function localAt(moment: string | Date, timeZone: string): string {
  const { date, time } = localDue(moment, timeZone);
  return `${date}T${time}`;
}

for (const { name, due, timeZone, dueAt, reminders } of vectors.dues) {
  test(`a due and its reminders agree with the vectors: ${name}`, () => {
    assert.equal(dueMoment(due, timeZone), dueAt);
    assert.equal(dueDate(due, timeZone), localDue(dueAt, timeZone).date);
    for (const { minutesBefore, at } of reminders) assert.equal(reminderMoment(due, minutesBefore, timeZone), at);
  });
}

for (const { name, moment, timeZone, date, time } of vectors.locals) {
  test(`a local date and time agrees with the vectors: ${name}`, () => {
    assert.deepEqual(localDue(moment, timeZone), { date, time });
    assert.deepEqual(localDue(new Date(moment), timeZone), { date, time });
  });
}

test("the changes of the clocks in many zones agree with the vectors", (context) => {
  let compared = 0;
  for (const { timeZone, times, days, moments } of vectors.zones) {
    for (const [local, moment] of Object.entries(times)) {
      const [date, time] = local.split("T") as [string, string];
      assert.equal(dueMoment({ date, time }, timeZone), moment, `${local} in ${timeZone}`);
      assert.equal(dueMoment({ date, time, timeZone }, "UTC"), moment, `${local} in ${timeZone}`);
      // The same time comes back, unless the clocks skip it.
      const before = localAt(new Date(Date.parse(moment) - 1), timeZone);
      const shown = localAt(moment, timeZone);
      assert(shown === local || (before < local && local < shown), `${local} in ${timeZone}: ${before}, ${shown}`);
      compared++;
    }
    for (const [date, [dueAt, nine]] of Object.entries(days)) {
      assert.equal(dueMoment({ date }, timeZone), dueAt, `${date} in ${timeZone}`);
      assert.equal(reminderMoment({ date }, 0, timeZone), nine, `${date} in ${timeZone}`);
      compared += 2;
    }
    for (const [moment, local] of Object.entries(moments)) {
      assert.equal(localAt(moment, timeZone), local, `${moment} in ${timeZone}`);
      compared++;
    }
  }
  context.diagnostic(`${vectors.zones.length} zones, ${compared} times`);
});

test("the date of a due is that of the person", () => {
  const due = { date: "2026-12-01", time: "20:00", timeZone: "America/New_York" };
  assert.equal(dueDate(due, "America/New_York"), "2026-12-01");
  assert.equal(dueDate(due, "Europe/Berlin"), "2026-12-02");
  assert.equal(dueDate({ date: "2026-12-01" }, "Pacific/Kiritimati"), "2026-12-01");
});

test("days are added to a date", () => {
  assert.equal(addDays("2025-12-31", 1), "2026-01-01");
  assert.equal(addDays("2024-03-01", -1), "2024-02-29");
  assert.equal(addDays("2025-03-29", 2), "2025-03-31");
  assert.equal(addDays("0001-01-02", -1), "0001-01-01");
  assert.equal(addDays("0099-12-31", 1), "0100-01-01");
  assert.equal(addDays("9999-12-31", 0), "9999-12-31");
  for (const days of [0.5, NaN, Infinity, 1e300, -1e300]) assert.throws(() => addDays("2025-12-31", days), RangeError);
  assert.throws(() => addDays("9999-12-31", 1), RangeError);
  assert.throws(() => addDays("0001-01-01", -1), RangeError);
});

test("moments are read with any offset and with any number of digits", () => {
  assert.deepEqual(localDue("2025-12-01T18:00+01:00", "UTC"), { date: "2025-12-01", time: "17:00" });
  assert.deepEqual(localDue("2025-12-01t18:00:00.5z", "UTC"), { date: "2025-12-01", time: "18:00:00.500" });
  assert.deepEqual(localDue("2025-12-01T18:00:00.1239999-05:30", "UTC"), { date: "2025-12-01", time: "23:30:00.123" });
});

test("many time zones are used in turn", () => {
  const zones = vectors.zones.slice(0, 50).map(({ timeZone }) => timeZone);
  const shown = () => zones.map((zone) => localAt("2025-07-01T12:00:00.000Z", zone));
  assert.deepEqual(shown(), shown());
});

test("offsets with seconds are exact", () => {
  const due = { date: "1890-01-01", time: "12:00" };
  assert.equal(dueMoment(due, "Europe/Paris"), "1890-01-01T11:50:39.000Z");
  assert.deepEqual(localDue("1890-01-01T11:50:39.000Z", "Europe/Paris"), due);
});

test("whatever is no date, no time, no time zone and no moment is refused", () => {
  const due = { date: "2025-12-01", time: "18:00" };
  const noDays = ["2025-02-29", "2025-13-01", "2025-00-10", "2025-01-32", "0000-01-01"];
  for (const date of ["", "2025-1-1", "20251-01-01", "2025-01-01\n", "٢٠٢٥-01-01", ...noDays]) {
    const refused = { name: "RangeError", message: `This is not a date: ${date}` };
    assert.throws(() => dueMoment({ ...due, date }, "UTC"), refused);
    assert.throws(() => reminderMoment({ ...due, date }, 0, "UTC"), refused);
    assert.throws(() => dueDate({ date }, "UTC"), refused);
    assert.throws(() => addDays(date, 0), refused);
  }
  for (const time of ["", "9:00", "24:00", "09:60", "09:00:60", "09:00:00.1", "09:00.123", "09:00:00.1234", " 09:00", "09:00Z"]) {
    const refused = { name: "RangeError", message: `This is not a time: ${time}` };
    assert.throws(() => dueMoment({ ...due, time }, "UTC"), refused);
    assert.throws(() => reminderMoment({ ...due, time }, 0, "UTC"), refused);
  }
  for (const timeZone of ["", "Europe/Nowhere", "+01:00", "Europe/Berlin "]) {
    const refused = { name: "RangeError", message: `This is not a time zone: ${timeZone}` };
    assert.throws(() => dueMoment(due, timeZone), refused);
    assert.throws(() => dueMoment({ ...due, timeZone }, "UTC"), refused);
    assert.throws(() => reminderMoment(due, 0, timeZone), refused);
    assert.throws(() => localDue("2025-12-01T18:00:00.000Z", timeZone), refused);
  }
  const noMoments = ["2025-12-01T25:00Z", "2025-02-30T00:00Z", "9999-12-31T23:59:59-01:00", new Date(NaN)];
  for (const moment of ["", "2025-12-01", "2025-12-01T18:00", "2025-12-01 18:00Z", ...noMoments]) {
    assert.throws(() => localDue(moment, "UTC"), RangeError);
  }
  for (const minutes of [-1, 40321, 0.5, NaN]) assert.throws(() => reminderMoment(due, minutes, "UTC"), RangeError);
});
