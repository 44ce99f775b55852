// Compares the vectors of repeating tasks, which dateutil has computed, with rrule-temporal, because two libraries that share no code
// hardly misread RFC 5545 in the same way.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { RRuleTemporal } from "rrule-temporal";
import { Temporal } from "temporal-polyfill";

// clients/vectors/recurrence.py tells how to make a file with more rules.
const file = process.env.FITNESSIFY_RECURRENCE_VECTORS ?? new URL("../recurrence.json", import.meta.url);
const vectors = JSON.parse(await readFile(file, "utf8"));

// Where RFC 5545 is clear, but rrule-temporal 2.2.8 does something else.
const misread = [
  // BYDAY limits the days that BYYEARDAY names, and is ignored.
  ({ FREQ, BYYEARDAY, BYDAY }) => FREQ === "YEARLY" && BYYEARDAY && BYDAY,
  // BYDAY with ordinals limits the days that BYMONTHDAY names, which is ignored.
  ({ FREQ, BYMONTHDAY, BYDAY }) => FREQ === "YEARLY" && BYMONTHDAY && /\d/.test(BYDAY),
  // A list of BYDAY has all days that its items name, but those without an ordinal are ignored.
  ({ FREQ, BYMONTH, BYDAY }) => FREQ === "YEARLY" && !BYMONTH && /\d/.test(BYDAY) && /(^|,)[A-Z]/.test(BYDAY),
  // The first days of a year may be in the last week of the one before, which is left out in the year of the anchor.
  ({ BYWEEKNO }, anchor) => BYWEEKNO && anchor.slice(5) < "01-04",
  // A year may have no 53rd day of the week, and then a day of the year beside it is taken.
  ({ FREQ, BYDAY }) => FREQ === "YEARLY" && /53[A-Z]/.test(BYDAY),
];

function partsOf(rule) {
  return Object.fromEntries(rule.split(";").map((part) => part.split("=")));
}

/** Returns the dates of a rule after its anchor. */
function datesOf(rule, anchor, through) {
  const [start, end] = [anchor, through].map((date) => Temporal.PlainDate.from(date).toZonedDateTime("UTC"));
  // With a time zone, rrule-temporal wants an UNTIL in UTC. Here its date counts as it is written.
  const rruleString = rule.replace(/UNTIL=(\d{8})[^;]*/, "UNTIL=$1T000000Z");
  const moments = new RRuleTemporal({ rruleString, dtstart: start }).between(start, end, true);
  return moments.map((moment) => moment.toPlainDate().toString()).filter((date) => date > anchor);
}

test("the dates of the rules agree with rrule-temporal", (context) => {
  let compared = 0;
  const rules = [...vectors.examples, ...vectors.rules];
  for (const { rule, anchor, through, dates, more } of rules) {
    if (misread.some((matches) => matches(partsOf(rule), anchor))) continue;
    const found = datesOf(rule, anchor, through);
    assert.deepEqual(more ? found.slice(0, dates.length) : found, dates, `${rule} from ${anchor}`);
    assert.equal(found.length > dates.length, more, `${rule} from ${anchor}`);
    compared++;
  }
  context.diagnostic(`${compared} rules, and ${rules.length - compared} that rrule-temporal is known to misread`);
});
