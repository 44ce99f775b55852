#!/usr/bin/env python3
"""Computes the vectors of repeating tasks with dateutil (Debian: python3-dateutil), which shares no code with the clients and the server.

Usage: clients/vectors/recurrence.py                  writes recurrence.json anew
       clients/vectors/recurrence.py --check          fails if recurrence.json differs from what would be written
       clients/vectors/recurrence.py --all N [SEED]   prints the same with N generated rules and successors; the seed is 1 unless given

The file has one vector on each line. Every date is yyyy-MM-dd, and every rule is the text of an RRULE without "RRULE:".

"examples": the examples of RFC 5545, section 3.8.5.3, of whole days: [{"name", "rule", "anchor", "through", "dates", "more"}]
"rules":    generated rules without COUNT: the same without "name"

    "dates" are dates of the rule after "anchor", which is its DTSTART, up to and including "through", which is ten years later. They are
    all of them if "more" is false, and otherwise the first of them. An anchor that is not a date of the rule is none of its dates, and
    only gives the rule what it does not say itself, such as the day of the month. Of a rule with COUNT the anchor is the first date.
    The date of UNTIL counts as it is written, and is included.

"successors": what follows when an open task becomes done or cancelled:
    [{"name", "recurrence": {"rule", "from"}, "seriesId", "occurrence", "completedDay", "next": {"id", "date", "rule"} or null}]

    "completedDay" is the date that the clocks of the person show then. "next" has the id of the successor, its occurrence, which is the
    date of its due too, and the rule of its recurrence. It is null if the series ends. A search ends ten years after the later one of
    the occurrence and either the day of the completion or, if the dates are counted from the due, the day before.

"refused": rules that no task can have: [{"name", "rule"}]

"unsupported": rules that RFC 5545 allows, and that the server refuses with 422 recurrence_unsupported, because its library reads them in
    another way, or because RFC 5545 leaves open what they mean: [{"name", "rule"}]. The clients need not refuse them. None of the rules
    above is one of them.
"""

import datetime as clock
import json
import pathlib
import random
import sys
import uuid
from datetime import date, datetime, time, timedelta

from dateutil import rrule

FILE = pathlib.Path(__file__).with_suffix(".json")
SEED = 1
SAMPLE = 300
MOST = 8
DAY = timedelta(days=1)
WEEKDAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
SERIES = "7d9f2c4e-1b3a-4f68-9c05-2e8a6b7d1f34"

# name, DTSTART, rule. The times of the RFC are left out, so that three rules with UNTIL have one date more than there: it has a time
# before that of the task on its last day.
EXAMPLES = [
    ("daily for 10 occurrences", "1997-09-02", "FREQ=DAILY;COUNT=10"),
    ("daily until December 24, 1997", "1997-09-02", "FREQ=DAILY;UNTIL=19971224T000000Z"),
    ("every other day", "1997-09-02", "FREQ=DAILY;INTERVAL=2"),
    ("every 10 days, 5 occurrences", "1997-09-02", "FREQ=DAILY;INTERVAL=10;COUNT=5"),
    ("every day in January, for 3 years", "1998-01-01", "FREQ=YEARLY;UNTIL=20000131T140000Z;BYMONTH=1;BYDAY=SU,MO,TU,WE,TH,FR,SA"),
    ("every day in January, for 3 years, as daily", "1998-01-01", "FREQ=DAILY;UNTIL=20000131T140000Z;BYMONTH=1"),
    ("weekly for 10 occurrences", "1997-09-02", "FREQ=WEEKLY;COUNT=10"),
    ("weekly until December 24, 1997", "1997-09-02", "FREQ=WEEKLY;UNTIL=19971224T000000Z"),
    ("every other week", "1997-09-02", "FREQ=WEEKLY;INTERVAL=2;WKST=SU"),
    ("weekly on Tuesday and Thursday until October 7", "1997-09-02", "FREQ=WEEKLY;UNTIL=19971007T000000Z;WKST=SU;BYDAY=TU,TH"),
    ("weekly on Tuesday and Thursday for 5 weeks", "1997-09-02", "FREQ=WEEKLY;COUNT=10;WKST=SU;BYDAY=TU,TH"),
    (
        "every other week on Monday, Wednesday and Friday until December 24, 1997",
        "1997-09-01",
        "FREQ=WEEKLY;INTERVAL=2;UNTIL=19971224T000000Z;WKST=SU;BYDAY=MO,WE,FR",
    ),
    ("every other week on Tuesday and Thursday, 8 occurrences", "1997-09-02", "FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH"),
    ("monthly on the first Friday for 10 occurrences", "1997-09-05", "FREQ=MONTHLY;COUNT=10;BYDAY=1FR"),
    ("monthly on the first Friday until December 24, 1997", "1997-09-05", "FREQ=MONTHLY;UNTIL=19971224T000000Z;BYDAY=1FR"),
    ("every other month on the first and last Sunday", "1997-09-07", "FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU"),
    ("monthly on the second-to-last Monday for 6 months", "1997-09-22", "FREQ=MONTHLY;COUNT=6;BYDAY=-2MO"),
    ("monthly on the third-to-last day", "1997-09-28", "FREQ=MONTHLY;BYMONTHDAY=-3"),
    ("monthly on the 2nd and 15th for 10 occurrences", "1997-09-02", "FREQ=MONTHLY;COUNT=10;BYMONTHDAY=2,15"),
    ("monthly on the first and last day for 10 occurrences", "1997-09-30", "FREQ=MONTHLY;COUNT=10;BYMONTHDAY=1,-1"),
    (
        "every 18 months on the 10th thru 15th for 10 occurrences",
        "1997-09-10",
        "FREQ=MONTHLY;INTERVAL=18;COUNT=10;BYMONTHDAY=10,11,12,13,14,15",
    ),
    ("every Tuesday, every other month", "1997-09-02", "FREQ=MONTHLY;INTERVAL=2;BYDAY=TU"),
    ("yearly in June and July for 10 occurrences", "1997-06-10", "FREQ=YEARLY;COUNT=10;BYMONTH=6,7"),
    ("every other year in January, February and March", "1997-03-10", "FREQ=YEARLY;INTERVAL=2;COUNT=10;BYMONTH=1,2,3"),
    ("every third year on the 1st, 100th and 200th day", "1997-01-01", "FREQ=YEARLY;INTERVAL=3;COUNT=10;BYYEARDAY=1,100,200"),
    ("every 20th Monday of the year", "1997-05-19", "FREQ=YEARLY;BYDAY=20MO"),
    ("Monday of week number 20", "1997-05-12", "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO"),
    ("every Thursday in March", "1997-03-13", "FREQ=YEARLY;BYMONTH=3;BYDAY=TH"),
    ("every Thursday, but only during June, July and August", "1997-06-05", "FREQ=YEARLY;BYDAY=TH;BYMONTH=6,7,8"),
    ("every Friday the 13th", "1997-09-02", "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13"),
    ("the first Saturday that follows the first Sunday", "1997-09-13", "FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13"),
    (
        "every 4 years, the first Tuesday after a Monday in November",
        "1996-11-05",
        "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8",
    ),
    ("the third of Tuesday, Wednesday or Thursday, for 3 months", "1997-09-04", "FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3"),
    ("the second-to-last weekday of the month", "1997-09-29", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2"),
    ("weeks that start on Monday", "1997-08-05", "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO"),
    ("weeks that start on Sunday", "1997-08-05", "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU"),
    ("an invalid date is ignored", "2007-01-15", "FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5"),
]

# name, rule
REFUSED = [
    ("every 3 hours", "FREQ=HOURLY;INTERVAL=3;UNTIL=19970902T170000Z"),
    ("every 15 minutes", "FREQ=MINUTELY;INTERVAL=15;COUNT=6"),
    ("every hour and a half", "FREQ=MINUTELY;INTERVAL=90;COUNT=4"),
    ("every 20 minutes of a day", "FREQ=DAILY;BYHOUR=9,10,11,12,13,14,15,16;BYMINUTE=0,20,40"),
    ("every 20 minutes of some hours", "FREQ=MINUTELY;INTERVAL=20;BYHOUR=9,10,11,12,13,14,15,16"),
    ("every second", "FREQ=SECONDLY"),
    ("seconds", "FREQ=DAILY;BYSECOND=0"),
    ("nothing", ""),
    ("no frequency", "INTERVAL=2"),
    ("an unknown frequency", "FREQ=FORTNIGHTLY"),
    ("an unknown part", "FREQ=DAILY;BYEASTER=0"),
    ("another calendar", "FREQ=DAILY;RSCALE=HEBREW"),
    ("the name of the property", "RRULE:FREQ=DAILY"),
    ("a part twice", "FREQ=DAILY;INTERVAL=2;INTERVAL=3"),
    ("a part without a value", "FREQ=DAILY;INTERVAL="),
    ("a part without an equals sign", "FREQ=DAILY;INTERVAL"),
    ("a semicolon at the end", "FREQ=DAILY;"),
    ("a space", "FREQ=DAILY; INTERVAL=2"),
    ("two rules", "FREQ=DAILY\nFREQ=WEEKLY"),
    ("a line feed at the end", "FREQ=DAILY;INTERVAL=2\n"),
    ("an interval of 0", "FREQ=DAILY;INTERVAL=0"),
    ("a negative interval", "FREQ=DAILY;INTERVAL=-1"),
    ("a fraction", "FREQ=DAILY;INTERVAL=1.5"),
    ("digits of another script", "FREQ=DAILY;INTERVAL=\u0662"),
    ("a count of 0", "FREQ=DAILY;COUNT=0"),
    ("both ends", "FREQ=DAILY;COUNT=2;UNTIL=20270101"),
    ("a malformed end", "FREQ=DAILY;UNTIL=2027-01-01"),
    ("an end on no day", "FREQ=DAILY;UNTIL=20270229"),
    ("an end at no time", "FREQ=DAILY;UNTIL=20270101T240000Z"),
    ("an end with a part of a time", "FREQ=DAILY;UNTIL=20270101T12"),
    ("an unknown day of the week", "FREQ=WEEKLY;BYDAY=MO,XX"),
    ("an empty item of a list", "FREQ=WEEKLY;BYDAY=MO,,TU"),
    ("an unknown start of weeks", "FREQ=WEEKLY;WKST=1MO"),
    ("an ordinal of days", "FREQ=DAILY;BYDAY=1MO"),
    ("an ordinal of weeks", "FREQ=WEEKLY;BYDAY=-1MO"),
    ("an ordinal with numbers of weeks", "FREQ=YEARLY;BYWEEKNO=20;BYDAY=1MO"),
    ("an ordinal of 0", "FREQ=MONTHLY;BYDAY=0MO"),
    ("an ordinal of 54", "FREQ=YEARLY;BYDAY=54MO"),
    ("a month of 0", "FREQ=YEARLY;BYMONTH=0"),
    ("a month of 13", "FREQ=YEARLY;BYMONTH=13"),
    ("a negative month", "FREQ=YEARLY;BYMONTH=-1"),
    ("a day of the month of 0", "FREQ=MONTHLY;BYMONTHDAY=0"),
    ("a day of the month of 32", "FREQ=MONTHLY;BYMONTHDAY=32"),
    ("a day of the month of -32", "FREQ=MONTHLY;BYMONTHDAY=-32"),
    ("days of the month of weeks", "FREQ=WEEKLY;BYMONTHDAY=1"),
    ("a day of the year of 367", "FREQ=YEARLY;BYYEARDAY=367"),
    ("days of the year of days", "FREQ=DAILY;BYYEARDAY=1"),
    ("days of the year of weeks", "FREQ=WEEKLY;BYYEARDAY=1"),
    ("days of the year of months", "FREQ=MONTHLY;BYYEARDAY=1"),
    ("a week of 54", "FREQ=YEARLY;BYWEEKNO=54"),
    ("numbers of weeks of days", "FREQ=DAILY;BYWEEKNO=1"),
    ("numbers of weeks of weeks", "FREQ=WEEKLY;BYWEEKNO=1"),
    ("numbers of weeks of months", "FREQ=MONTHLY;BYWEEKNO=1"),
    ("a place of 0", "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=0"),
    ("a place of 367", "FREQ=YEARLY;BYDAY=MO;BYSETPOS=367"),
    ("a place in nothing", "FREQ=MONTHLY;BYSETPOS=1"),
    ("a place in nothing but an interval", "FREQ=MONTHLY;INTERVAL=2;BYSETPOS=-1"),
]

# name, rule
UNSUPPORTED = [
    ("days of the year in a month", "FREQ=YEARLY;BYMONTH=3;BYYEARDAY=60,75,100"),
    ("numbers of weeks in a month", "FREQ=YEARLY;BYMONTH=3;BYWEEKNO=9,10;BYDAY=MO"),
    ("a number of a week in every other year", "FREQ=YEARLY;INTERVAL=2;BYWEEKNO=20;BYDAY=MO"),
    ("a day of the month that is a numbered day of the week of the year", "FREQ=YEARLY;BYMONTHDAY=13;BYDAY=2FR"),
    ("a position among numbered weeks", "FREQ=YEARLY;BYWEEKNO=20,21;BYSETPOS=1"),
    ("a number of a week and a day of the year", "FREQ=YEARLY;BYWEEKNO=20;BYYEARDAY=135"),
    ("a number of a week and a day of the month", "FREQ=YEARLY;BYWEEKNO=20;BYMONTHDAY=15"),
    ("a day of the year and a day of the month", "FREQ=YEARLY;BYYEARDAY=135;BYMONTHDAY=15"),
]

# name, rule, from, occurrence, completedDay
SUCCESSORS = [
    ("completed on its day", "FREQ=DAILY", "due", "2026-03-10", "2026-03-10"),
    ("completed the day before", "FREQ=DAILY", "due", "2026-03-10", "2026-03-09"),
    ("completed long before", "FREQ=DAILY", "due", "2026-03-10", "2026-01-01"),
    ("completed a day late", "FREQ=DAILY", "due", "2026-03-10", "2026-03-11"),
    ("completed three weeks late", "FREQ=DAILY", "due", "2026-03-10", "2026-03-31"),
    ("completed nine years late", "FREQ=DAILY;INTERVAL=7", "due", "2026-03-10", "2035-03-10"),
    ("completed a century late", "FREQ=MONTHLY;INTERVAL=5", "due", "2026-01-31", "2126-02-01"),
    ("a phase that is kept when late", "FREQ=DAILY;INTERVAL=3", "due", "2026-03-10", "2026-03-15"),
    ("a phase of weeks that is kept when late", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH", "due", "2026-03-05", "2026-03-10"),
    ("late, on a day of the rule", "FREQ=WEEKLY;BYDAY=MO,WE,FR", "due", "2026-03-09", "2026-03-11"),
    ("late, after a day of the rule", "FREQ=WEEKLY;BYDAY=MO,WE,FR", "due", "2026-03-09", "2026-03-12"),
    ("a weekend that is skipped", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "due", "2026-03-13", "2026-03-13"),
    ("an occurrence on another day than the rule has", "FREQ=WEEKLY;BYDAY=MO", "due", "2026-03-11", "2026-03-11"),
    ("the end of a year", "FREQ=DAILY", "due", "2026-12-31", "2026-12-31"),
    ("a day after completion", "FREQ=DAILY", "completion", "2026-03-10", "2026-03-15"),
    ("three days after completion", "FREQ=DAILY;INTERVAL=3", "completion", "2026-03-10", "2026-03-15"),
    ("a week after completion", "FREQ=WEEKLY", "completion", "2026-03-10", "2026-03-13"),
    ("two weeks after completion, with days", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "completion", "2026-03-09", "2026-03-11"),
    ("a month after completion", "FREQ=MONTHLY", "completion", "2026-03-10", "2026-04-02"),
    ("a year after completion", "FREQ=YEARLY", "completion", "2026-03-10", "2026-04-02"),
    ("after completion on the day before", "FREQ=DAILY", "completion", "2026-03-10", "2026-03-09"),
    ("after completion long before", "FREQ=DAILY;INTERVAL=3", "completion", "2026-03-10", "2026-02-20"),
    ("after completion in another year", "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=1", "completion", "2026-01-01", "2025-12-30"),
    ("after completion on a leap day", "FREQ=YEARLY", "completion", "2024-02-01", "2024-02-29"),
    ("the 31st", "FREQ=MONTHLY", "due", "2026-01-31", "2026-01-31"),
    ("the 31st, over several short months", "FREQ=MONTHLY;INTERVAL=3", "due", "2026-01-31", "2026-04-01"),
    ("the last day of months from the 31st", "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1", "due", "2026-01-31", "2026-01-31"),
    ("the last day of months from the 28th", "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1", "due", "2026-02-28", "2026-02-28"),
    ("the last day of months, negative", "FREQ=MONTHLY;BYMONTHDAY=-1", "due", "2028-01-31", "2028-02-01"),
    ("the last working day", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "due", "2026-01-30", "2026-01-30"),
    ("a leap day", "FREQ=YEARLY", "due", "2024-02-29", "2024-02-29"),
    ("a leap day over a century without one", "FREQ=YEARLY", "due", "2096-02-29", "2096-02-29"),
    ("a leap day or the day before", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1", "due", "2024-02-29", "2024-02-29"),
    ("a fifth Friday", "FREQ=MONTHLY;BYDAY=5FR", "due", "2026-01-30", "2026-01-30"),
    ("a place among the days of a week", "FREQ=WEEKLY;BYDAY=MO,WE,FR;BYSETPOS=2", "due", "2026-03-11", "2026-03-11"),
    ("the first week of a year that began in the one before", "FREQ=YEARLY;BYWEEKNO=1;BYDAY=MO", "due", "2024-01-01", "2024-01-01"),
    ("the last day of the week 53", "FREQ=YEARLY;BYWEEKNO=53;BYDAY=SU", "due", "2016-01-03", "2016-01-03"),
    ("a week without a day of the week", "FREQ=YEARLY;BYWEEKNO=20", "due", "2026-05-13", "2026-05-13"),
    ("the last of all", "FREQ=DAILY;COUNT=1", "due", "2026-03-10", "2026-03-10"),
    ("the last but one", "FREQ=DAILY;COUNT=2", "due", "2026-03-10", "2026-03-10"),
    ("a count that is shorter afterwards", "COUNT=10;FREQ=WEEKLY;BYDAY=TU", "due", "2026-03-10", "2026-03-24"),
    ("a count after completion", "FREQ=DAILY;COUNT=5;INTERVAL=4", "completion", "2026-03-10", "2026-03-12"),
    ("a large count", "FREQ=DAILY;COUNT=1000", "due", "2026-03-10", "2026-03-10"),
    ("a count of a rule without a date", "FREQ=YEARLY;COUNT=3;BYMONTH=2;BYMONTHDAY=30", "due", "2026-03-10", "2026-03-10"),
    ("the day before the end", "FREQ=DAILY;UNTIL=20260311", "due", "2026-03-10", "2026-03-10"),
    ("the day of the end", "FREQ=DAILY;UNTIL=20260311", "due", "2026-03-11", "2026-03-11"),
    ("after the end because it is late", "FREQ=DAILY;UNTIL=20260311", "due", "2026-03-10", "2026-03-12"),
    ("an end in the past", "FREQ=DAILY;UNTIL=20250101", "due", "2026-03-10", "2026-03-10"),
    ("an end at a time in UTC", "FREQ=DAILY;UNTIL=20260311T000000Z", "due", "2026-03-10", "2026-03-10"),
    ("an end at a time", "FREQ=DAILY;UNTIL=20260311T235959", "due", "2026-03-10", "2026-03-10"),
    ("exactly ten years later", "FREQ=YEARLY;INTERVAL=10", "due", "2026-03-10", "2026-03-10"),
    ("ten years later, counted from a late completion", "FREQ=YEARLY;INTERVAL=11", "due", "2026-03-10", "2027-03-11"),
    ("more than ten years later", "FREQ=YEARLY;INTERVAL=11", "due", "2026-03-10", "2026-03-10"),
    ("on the last day of ten years", "FREQ=DAILY;INTERVAL=3653", "due", "2026-03-10", "2026-03-10"),
    ("on the day after ten years", "FREQ=DAILY;INTERVAL=3654", "due", "2026-03-10", "2026-03-10"),
    ("on the last day of ten years from a leap day", "FREQ=DAILY;INTERVAL=3652", "due", "2024-02-29", "2024-02-29"),
    ("on the day after ten years from a leap day", "FREQ=DAILY;INTERVAL=3653", "due", "2024-02-29", "2024-02-29"),
    ("a day that does not exist", "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30", "due", "2026-03-10", "2026-03-10"),
    ("no day of a month", "FREQ=MONTHLY;BYDAY=6MO", "due", "2026-03-10", "2026-03-10"),
    ("the same days in another order", "BYDAY=FR,MO,WE;WKST=SU;INTERVAL=1;FREQ=WEEKLY", "due", "2026-03-13", "2026-03-13"),
    ("ordinals and days without in one list", "FREQ=MONTHLY;BYDAY=MO,-1FR", "due", "2026-03-23", "2026-03-24"),
]


def parse(rule):
    return dict(part.split("=") for part in rule.split(";"))


def numbers(parts, name):
    return [int(number) for number in parts[name].split(",")] if name in parts else None


def days_of(parts):
    """The items of BYDAY as pairs of the ordinal, 0 without one, and the day of the week from 0 for Monday."""
    return [(int(item[:-2] or 0), WEEKDAYS.index(item[-2:])) for item in parts["BYDAY"].split(",")] if "BYDAY" in parts else []


def ten_years_after(day):
    """The same date ten years later, or the day before if that is a 29 February which does not exist."""
    try:
        return day.replace(year=day.year + 10)
    except ValueError:
        return day.replace(year=day.year + 10, day=28)


def week_of(day, start):
    """The number of the week of a day among those that start on a day of the week, and its number from the end of the same year."""
    # RFC 5545 says that the first week is the one with at least four days in the year, so the fourth day of a week is in its year.
    fourth = day - DAY * ((day.weekday() - start) % 7) + 3 * DAY
    first, last = date(fourth.year, 1, 1), date(fourth.year, 12, 31)
    week = (fourth - first).days // 7 + 1
    if start == 0:
        assert week == day.isocalendar().week, day
    return week, -((last - fourth).days // 7 + 1)


def dates_of(rule, anchor, through):
    """The dates of the rule without its COUNT after the anchor, up to and including the other date, one after the other."""
    parts = parse(rule)
    frequency, start = parts["FREQ"], WEEKDAYS.index(parts.get("WKST", "MO"))
    days, weeks = days_of(parts), numbers(parts, "BYWEEKNO")
    if "UNTIL" in parts:
        through = min(through, datetime.strptime(parts["UNTIL"][:8], "%Y%m%d").date())

    # dateutil takes every day of the week that BYWEEKNO names, although RFC 5545 says that what is missing comes from DTSTART.
    if frequency == "WEEKLY" and not days or weeks and not days and not {"BYMONTHDAY", "BYYEARDAY"} & parts.keys():
        days = [(0, anchor.weekday())]
    # dateutil wants each day to be both if some have an ordinal and some have not, so they all get every ordinal.
    if any(ordinal for ordinal, _ in days):
        every = range(1, 6 if frequency == "MONTHLY" or "BYMONTH" in parts else 54)
        days = [(each, day) for ordinal, day in days for each in ([ordinal] if ordinal else every)]
    # dateutil does not know the last weeks of the year before well, and no negative number of the first week of the year after.
    edges = [week for week in weeks or [] if abs(week) in (1, 52, 53)]

    def wanted(day):
        return not edges or not {*week_of(day, start)}.isdisjoint(weeks)

    # dateutil starts the first week at DTSTART, but BYSETPOS is about whole weeks.
    since = anchor - DAY * ((anchor.weekday() - start) % 7) if frequency == "WEEKLY" else anchor
    # dateutil searches until this year for the first date of a rule that has none, which takes many seconds.
    clock.MAXYEAR = through.year + 1
    for found in rrule.rrule(
        getattr(rrule, frequency),
        dtstart=datetime.combine(since, time()),
        interval=int(parts.get("INTERVAL", 1)),
        wkst=start,
        until=datetime.combine(through, time()),
        bysetpos=numbers(parts, "BYSETPOS"),
        bymonth=numbers(parts, "BYMONTH"),
        bymonthday=numbers(parts, "BYMONTHDAY"),
        byyearday=numbers(parts, "BYYEARDAY"),
        byweekno=None if edges else weeks,
        byweekday=[rrule.weekday(day, ordinal or None) for ordinal, day in days] or None,
    ):
        if found.date() > anchor and wanted(found.date()):
            yield found.date()


def rule_vector(rule, anchor, name=None):
    through = ten_years_after(anchor)
    dates = list(dates_of(rule, anchor, through))
    if "COUNT" in rule:
        dates = dates[: int(parse(rule)["COUNT"]) - 1]
    shown = dates if name and ("COUNT" in rule or "UNTIL" in rule) else dates[:MOST]
    return ({"name": name} if name else {}) | {
        "rule": rule,
        "anchor": anchor.isoformat(),
        "through": through.isoformat(),
        "dates": [day.isoformat() for day in shown],
        "more": len(shown) < len(dates),
    }


def successor_vector(name, rule, base, occurrence, completed):
    anchor = occurrence if base == "due" else completed
    after = max(occurrence, completed - DAY if base == "due" else completed)
    count = parse(rule).get("COUNT")
    dates = (day for day in dates_of(rule, anchor, ten_years_after(after)) if day > after)
    found = None if count == "1" else next(dates, None)
    following = found and {
        "id": str(uuid.uuid5(uuid.UUID(SERIES), found.isoformat())),
        "date": found.isoformat(),
        "rule": rule.replace(f"COUNT={count}", f"COUNT={int(count) - 1}") if count else rule,
    }
    return {
        "name": name,
        "recurrence": {"rule": rule, "from": base},
        "seriesId": SERIES,
        "occurrence": occurrence.isoformat(),
        "completedDay": completed.isoformat(),
        "next": following,
    }


def random_anchor(source):
    day = date(2020, 1, 1) + DAY * source.randrange(40 * 366)
    kind = source.random()
    if kind < 0.1:
        return date(2020 + 4 * source.randrange(10), 2, 29)
    if kind < 0.2:
        return date(day.year, source.choice([1, 3, 5, 7, 8, 10, 12]), 31)
    if kind < 0.3:
        return date(day.year, 12, 29) + DAY * source.randrange(7)
    return day


def random_rule(source, anchor):
    """A rule whose meaning RFC 5545 does not leave open, and which the server supports."""

    def chance(probability):
        return source.random() < probability

    def some(values, most):
        return source.sample(values, source.randint(1, min(most, len(values))))

    def signed(most, limit):
        return [number if chance(0.6) else -number for number in some(range(1, limit + 1), most)]

    def text(values):
        return ",".join(map(str, values))

    frequency = source.choice(["DAILY"] + 2 * ["WEEKLY"] + 3 * ["MONTHLY"] + 4 * ["YEARLY"])
    parts = {}
    if chance(0.45):
        most = {"DAILY": 40, "WEEKLY": 9, "MONTHLY": 14, "YEARLY": 4}[frequency]
        parts["INTERVAL"] = source.randint(1, most)
    if chance(0.3):
        parts["WKST"] = source.choice(WEEKDAYS)
    if chance({"DAILY": 0.3, "WEEKLY": 0.3, "MONTHLY": 0.25, "YEARLY": 0.45}[frequency]):
        parts["BYMONTH"] = text(some(range(1, 13), 5))
    # RFC 5545 says that each of these three expands the days of a year, but not what two of them are together. dateutil and the clients
    # take the days that both name, and rrule-temporal those that either names.
    kind = source.random()
    if frequency == "YEARLY" and kind < 0.2:
        parts["BYWEEKNO"] = text(signed(4, 53))
    elif frequency == "YEARLY" and kind < 0.4:
        parts["BYYEARDAY"] = text(signed(4, 366) if chance(0.5) else some([1, 59, 60, 61, 100, 365, 366, -1, -306, -307, -366], 3))
    elif frequency != "WEEKLY" and kind < 0.7:
        parts["BYMONTHDAY"] = text(signed(5, 31) if chance(0.6) else some([1, 15, 28, 29, 30, 31, -1, -2, -29, -30, -31], 4))
    # The server does not support these with a month, and numbers of weeks with an interval.
    if {"BYWEEKNO", "BYYEARDAY"} & parts.keys():
        parts.pop("BYMONTH", None)
    if "BYWEEKNO" in parts:
        parts.pop("INTERVAL", None)
    if chance({"DAILY": 0.3, "WEEKLY": 0.75, "MONTHLY": 0.45, "YEARLY": 0.45}[frequency]):
        days = some(WEEKDAYS, source.choice([2, 4, 7]))
        kind = source.random()
        ordinals = frequency == "MONTHLY" or frequency == "YEARLY" and "BYWEEKNO" not in parts
        # The server does not support ordinals of a year with days of the month.
        if ordinals and kind < 0.6 and (frequency == "MONTHLY" or "BYMONTH" in parts or "BYMONTHDAY" not in parts):
            limit = 5 if frequency == "MONTHLY" or "BYMONTH" in parts else 53
            # Some lists have days without an ordinal too.
            every = 1 if kind < 0.4 else 0.5
            days = [f"{source.choice(['', '+', '-', '-'])}{source.randint(1, limit)}{day}" if chance(every) else day for day in days]
        parts["BYDAY"] = text(days)
    # Nor does it support positions among numbered weeks.
    if any(name.startswith("BY") for name in parts) and "BYWEEKNO" not in parts and chance(0.25):
        parts["BYSETPOS"] = text(signed(3, source.choice([2, 4, 8, 30])))
    if chance(0.15):
        until = anchor + DAY * source.randint(-30, source.choice([60, 400, 3000]))
        parts["UNTIL"] = until.strftime("%Y%m%d") + source.choice(["", "T000000Z", "T235959", "T120000Z"])

    items = [f"FREQ={frequency}", *(f"{name}={value}" for name, value in parts.items())]
    if chance(0.2):
        source.shuffle(items)
    return ";".join(items)


def random_successor(source, number):
    occurrence = random_anchor(source)
    rule = random_rule(source, occurrence)
    if "UNTIL" not in rule and source.random() < 0.3:
        rule += f";COUNT={source.choice([1, 2, 3, 10, 11, 100])}"
    completed = occurrence + DAY * source.choice([0, 1, source.randint(-10, 10), source.randint(-400, 400), source.randint(0, 4000)])
    return successor_vector(f"generated {number}", rule, source.choice(["due", "completion"]), occurrence, completed)


def rules(source, count):
    found = {}
    while len(found) < count:
        anchor = random_anchor(source)
        rule = random_rule(source, anchor)
        vector = rule_vector(rule, anchor)
        # A few rules without any date are enough.
        if vector["dates"] or source.random() < 0.2:
            found[rule, anchor] = vector
    return list(found.values())


def main(arguments):
    count, seed = SAMPLE, SEED
    if arguments[:1] == ["--all"] and len(arguments) in (2, 3) and all(argument.isdecimal() for argument in arguments[1:]):
        count, seed = int(arguments[1]), int((arguments[2:] or [SEED])[0])
    elif arguments not in ([], ["--check"]):
        sys.exit(__doc__)

    source = random.Random(seed)
    on = date.fromisoformat
    parts = {
        "examples": [rule_vector(rule, on(anchor), name) for name, anchor, rule in EXAMPLES],
        "rules": rules(source, count),
        "successors": [successor_vector(name, rule, base, on(of), on(completed)) for name, rule, base, of, completed in SUCCESSORS]
        + [random_successor(source, number) for number in range(1, count // 4 + 1)],
        "refused": [{"name": name, "rule": rule} for name, rule in REFUSED],
        "unsupported": [{"name": name, "rule": rule} for name, rule in UNSUPPORTED],
    }

    def lines(vectors):
        return ",\n".join(f"    {json.dumps(vector)}" for vector in vectors)

    text = "{\n" + ",\n".join(f'  "{part}": [\n{lines(vectors)}\n  ]' for part, vectors in parts.items()) + "\n}\n"
    if arguments[:1] == ["--all"]:
        sys.stdout.write(text)
    elif arguments == []:
        FILE.write_text(text, encoding="utf-8")
    elif FILE.read_text(encoding="utf-8") != text:
        sys.exit(f"{FILE} differs: run {__file__}, and look at the differences.")


if __name__ == "__main__":
    main(sys.argv[1:])
