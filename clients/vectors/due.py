#!/usr/bin/env python3
"""Computes the vectors of dues with zoneinfo, the time zones of Python, which share no code with the clients and the server.

Usage: clients/vectors/due.py           writes due.json anew
       clients/vectors/due.py --check   fails if due.json differs from what would be written
       clients/vectors/due.py --all     prints the same with every zone, and all its changes from 2024 to 2030

The vectors in due.json are about changes of clocks up to 2025, so that they hold for every version of the time zones since then.
"""

import functools
import json
import pathlib
import re
import sys
import zoneinfo
from datetime import date, datetime, time, timedelta, timezone

FILE = pathlib.Path(__file__).with_suffix(".json")
UTC = timezone.utc
MS = timedelta(milliseconds=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
FIRST = datetime(1, 1, 1)
LAST = datetime(9999, 12, 31, 23, 59, 59, 999000)

# name, date, time, zone of the due, zone of the person, minutes of the reminders
DUES = [
    ("a time in winter", "2025-12-01", "18:00", None, "Europe/Berlin", [0, 1, 60, 40320]),
    ("a time in summer", "2025-07-01", "18:00", None, "Europe/Berlin", [0, 30]),
    ("a time in another zone than that of the person", "2025-12-01", "18:00", "America/New_York", "Europe/Berlin", [15]),
    ("a time in UTC", "2025-12-01", "18:00", "UTC", "Pacific/Auckland", [0]),
    ("a person in UTC", "2025-03-30", "02:30", None, "UTC", [0]),
    ("a time with seconds", "2025-12-01", "18:00:59", None, "Europe/Berlin", [1]),
    ("a time with milliseconds", "2025-12-01", "18:00:59.001", None, "Europe/Berlin", [1]),
    ("the first moment of a day", "2025-12-01", "00:00", None, "Europe/Berlin", [0, 1]),
    ("the last millisecond of a day", "2025-12-01", "23:59:59.999", None, "Europe/Berlin", [0, 1]),
    ("all day in winter", "2025-12-01", None, None, "Europe/Berlin", [0, 1, 1440, 40320]),
    ("all day in summer", "2025-07-01", None, None, "Europe/Berlin", [0, 60]),
    ("all day in another zone than that of the person", "2025-12-01", None, "Pacific/Auckland", "America/Los_Angeles", [0]),
    ("all day in UTC", "2025-12-01", None, "UTC", "Europe/Berlin", [0]),
    ("a leap day", "2024-02-29", "12:00", None, "America/Los_Angeles", [1440]),
    ("all day on a leap day", "2024-02-29", None, None, "America/Los_Angeles", [1440]),
    ("a leap day of a full century", "2000-02-29", "23:59", None, "Asia/Tokyo", [0]),
    ("all day at the end of a year", "2024-12-31", None, None, "Europe/Berlin", [0]),
    ("all day at the start of a year", "2025-01-01", None, None, "Europe/Berlin", [0]),
    ("a moment that in UTC is in another year", "2025-01-01", "00:30", None, "Asia/Tokyo", [0]),
    ("an offset with three quarters of an hour", "2025-12-01", "18:00", None, "Asia/Kathmandu", [0]),
    ("an offset with half an hour", "2025-12-01", "18:00", None, "Asia/Kolkata", [0]),
    ("the largest offset", "2025-12-01", "18:00", None, "Pacific/Kiritimati", [0]),
    ("all day with the largest offset", "2025-12-01", None, None, "Pacific/Kiritimati", [0]),
    ("the smallest offset", "2025-12-01", "18:00", None, "Pacific/Pago_Pago", [0]),
    ("all day with the smallest offset", "2025-12-01", None, None, "Pacific/Pago_Pago", [0]),
    ("the last millisecond before a gap", "2025-03-30", "01:59:59.999", None, "Europe/Berlin", [0]),
    ("the start of a gap", "2025-03-30", "02:00", None, "Europe/Berlin", [0, 30]),
    ("the middle of a gap", "2025-03-30", "02:30", None, "Europe/Berlin", [0, 30]),
    ("the last millisecond of a gap", "2025-03-30", "02:59:59.999", None, "Europe/Berlin", [0]),
    ("the end of a gap", "2025-03-30", "03:00", None, "Europe/Berlin", [0, 60]),
    ("a reminder on the other side of a gap", "2025-03-30", "12:00", None, "Europe/Berlin", [1440]),
    ("all day with 23 hours", "2025-03-30", None, None, "Europe/Berlin", [0, 600]),
    ("the last millisecond before an overlap", "2025-10-26", "01:59:59.999", None, "Europe/Berlin", [0]),
    ("the start of an overlap", "2025-10-26", "02:00", None, "Europe/Berlin", [0]),
    ("the middle of an overlap", "2025-10-26", "02:30", None, "Europe/Berlin", [0, 30]),
    ("the last millisecond of an overlap", "2025-10-26", "02:59:59.999", None, "Europe/Berlin", [0]),
    ("the end of an overlap", "2025-10-26", "03:00", None, "Europe/Berlin", [0, 60]),
    ("all day with 25 hours", "2025-10-26", None, None, "Europe/Berlin", [0, 600]),
    ("the hour before a gap in Dublin", "2025-03-30", "00:30", None, "Europe/Dublin", [0]),
    ("a gap in Dublin", "2025-03-30", "01:30", None, "Europe/Dublin", [0]),
    ("the hour before an overlap in Dublin", "2025-10-26", "00:30", None, "Europe/Dublin", [0]),
    ("an overlap in Dublin", "2025-10-26", "01:30", None, "Europe/Dublin", [0]),
    ("the hour before an overlap in Casablanca", "2025-02-23", "01:30", None, "Africa/Casablanca", [0]),
    ("an overlap in Casablanca", "2025-02-23", "02:30", None, "Africa/Casablanca", [0]),
    ("the hour before a gap in Casablanca", "2025-04-06", "01:30", None, "Africa/Casablanca", [0]),
    ("a gap in Casablanca", "2025-04-06", "02:30", None, "Africa/Casablanca", [0]),
    ("a gap of half an hour", "2025-10-05", "02:15", None, "Australia/Lord_Howe", [0]),
    ("an overlap of half an hour", "2025-04-06", "01:45", None, "Australia/Lord_Howe", [0]),
    ("a gap of two hours", "2025-03-30", "02:15", None, "Antarctica/Troll", [0]),
    ("an overlap of two hours", "2025-10-26", "02:15", None, "Antarctica/Troll", [0]),
    ("a gap at a quarter to the hour", "2025-09-28", "03:00", None, "Pacific/Chatham", [0]),
    ("a gap at a minute past midnight", "2010-03-14", "00:30", None, "America/St_Johns", [0]),
    ("a gap at midnight in Beirut", "2025-03-30", "00:00", None, "Asia/Beirut", [0]),
    ("all day before a gap at midnight in Beirut", "2025-03-29", None, None, "Asia/Beirut", [0]),
    ("all day after a gap at midnight in Beirut", "2025-03-30", None, None, "Asia/Beirut", [0, 600]),
    ("a gap at midnight in Cairo", "2025-04-25", "00:30", None, "Africa/Cairo", [0]),
    ("all day before a gap at midnight in Cairo", "2025-04-24", None, None, "Africa/Cairo", [0]),
    ("a gap at midnight in Santiago", "2025-09-07", "00:59:59.999", None, "America/Santiago", [0]),
    ("all day before a gap at midnight in Santiago", "2025-09-06", None, None, "America/Santiago", [0]),
    ("a gap at midnight in Havana", "2025-03-09", "00:30", None, "America/Havana", [0]),
    ("an overlap before midnight in Beirut", "2025-10-25", "23:30", None, "Asia/Beirut", [0]),
    ("all day with an overlap before midnight in Beirut", "2025-10-25", None, None, "Asia/Beirut", [0]),
    ("all day after an overlap before midnight in Beirut", "2025-10-26", None, None, "Asia/Beirut", [0, 600]),
    ("an overlap after midnight in Havana", "2025-11-02", "00:30", None, "America/Havana", [0]),
    ("all day before an overlap after midnight in Havana", "2025-11-01", None, None, "America/Havana", [0]),
    ("all day with an overlap after midnight in Havana", "2025-11-02", None, None, "America/Havana", [0]),
    ("an overlap before midnight in Nuuk", "2024-10-26", "23:30", None, "America/Nuuk", [0]),
    ("all day with an overlap before midnight in Nuuk", "2024-10-26", None, None, "America/Nuuk", [0]),
    ("an overlap before midnight in Scoresbysund", "2025-10-25", "23:30", None, "America/Scoresbysund", [0]),
    ("all day with an overlap before midnight in Scoresbysund", "2025-10-25", None, None, "America/Scoresbysund", [0]),
    ("all day with an overlap before midnight in Santiago", "2025-04-05", None, None, "America/Santiago", [0]),
    ("a time on a day that Apia skipped", "2011-12-30", "12:00", None, "Pacific/Apia", [0]),
    ("all day before the day that Apia skipped", "2011-12-29", None, None, "Pacific/Apia", [0]),
    ("all day on the day that Apia skipped", "2011-12-30", None, None, "Pacific/Apia", [0]),
    ("the first time of all", "0001-01-01", "00:00", None, "UTC", [0, 1]),
    ("the first day of all", "0001-01-01", None, None, "UTC", [0, 540, 541]),
    ("a year before 100", "0099-12-31", "23:59:59.999", None, "UTC", [0]),
    ("a moment before the first of all", "0001-01-01", "00:00", None, "Etc/GMT-14", [0]),
    ("the last time of all", "9999-12-31", "23:59:59.999", None, "UTC", [0]),
    ("the last day of all", "9999-12-31", None, None, "UTC", [0]),
    ("the day before the last of all", "9999-12-30", None, None, "Etc/GMT+12", [0]),
    ("a moment after the last of all", "9999-12-31", "23:59:59.999", None, "Etc/GMT+12", [0]),
    ("all day until after the last moment of all", "9999-12-31", None, None, "Etc/GMT+12", [0]),
]

# name, moment, zone
LOCALS = [
    ("in UTC", "2025-12-01T17:00:00.000Z", "UTC"),
    ("in winter", "2025-12-01T17:00:00.000Z", "Europe/Berlin"),
    ("in summer", "2025-07-01T16:00:00.000Z", "Europe/Berlin"),
    ("with seconds", "2025-12-01T17:00:01.000Z", "Europe/Berlin"),
    ("with milliseconds", "2025-12-01T17:00:00.010Z", "Europe/Berlin"),
    ("on the next day", "2025-12-31T22:59:00.000Z", "Asia/Kathmandu"),
    ("on the day before", "2025-01-01T05:00:00.000Z", "America/Los_Angeles"),
    ("on a leap day", "2024-03-01T07:59:59.999Z", "America/Los_Angeles"),
    ("at midnight", "2025-12-01T10:00:00.000Z", "Pacific/Kiritimati"),
    ("before a gap", "2025-03-30T00:59:59.999Z", "Europe/Berlin"),
    ("after a gap", "2025-03-30T01:00:00.000Z", "Europe/Berlin"),
    ("the first time in an overlap", "2025-10-26T00:30:00.000Z", "Europe/Berlin"),
    ("the second time in an overlap", "2025-10-26T01:30:00.000Z", "Europe/Berlin"),
    ("the hour before an overlap in Dublin", "2025-10-25T23:30:00.000Z", "Europe/Dublin"),
    ("the hour before a gap in Casablanca", "2025-04-06T01:30:00.000Z", "Africa/Casablanca"),
    ("before the day that Apia skipped", "2011-12-30T09:59:59.999Z", "Pacific/Apia"),
    ("after the day that Apia skipped", "2011-12-30T10:00:00.000Z", "Pacific/Apia"),
    ("in a year before 100", "0099-12-31T23:59:59.999Z", "UTC"),
    ("the first moment of all", "0001-01-01T00:00:00.000Z", "UTC"),
    ("the last moment of all", "9999-12-31T23:59:59.999Z", "UTC"),
    ("a time before the first of all", "0001-01-01T00:00:00.000Z", "Etc/GMT+12"),
    ("a time after the last of all", "9999-12-31T23:59:59.999Z", "Etc/GMT-14"),
]

# The changes in 2025 of these zones are the same in every version since then.
SAMPLE = """
    Africa/Cairo Africa/Casablanca Africa/Johannesburg Africa/Lagos America/Anchorage America/Argentina/Buenos_Aires
    America/Bogota America/Chicago America/Halifax America/Havana America/Los_Angeles America/Mexico_City America/New_York
    America/Nuuk America/Santiago America/Sao_Paulo America/Scoresbysund America/St_Johns Antarctica/Troll Asia/Beirut
    Asia/Dubai Asia/Jerusalem Asia/Kathmandu Asia/Kolkata Asia/Shanghai Asia/Tokyo Atlantic/Azores Atlantic/Reykjavik
    Australia/Adelaide Australia/Brisbane Australia/Eucla Australia/Lord_Howe Australia/Sydney Europe/Berlin
    Europe/Dublin Europe/Istanbul Europe/London Pacific/Apia Pacific/Auckland Pacific/Chatham Pacific/Easter Pacific/Honolulu
    Pacific/Kiritimati Pacific/Marquesas Pacific/Norfolk UTC
""".split()


@functools.cache
def offset(zone, moment):
    """The offset at a moment, which like all moments here is a datetime in UTC without tzinfo."""
    # Python cannot express local times beyond the years 1 to 9999, and no zone changes its offset near their ends.
    moment = min(max(moment, FIRST + 2 * DAY), LAST - 2 * DAY)
    return moment.replace(tzinfo=UTC).astimezone(zoneinfo.ZoneInfo(zone)).utcoffset()


def changes(zone, start, end, step=DAY / 4):
    """The moments from start to end at which the offset changes."""
    found = []
    while start < end:
        after = min(shift(start, step), end)
        if offset(zone, start) != offset(zone, after):
            before, then = start, after
            while then - before > MS:
                middle = before + (then - before) // (2 * MS) * MS
                before, then = (before, middle) if offset(zone, middle) != offset(zone, start) else (middle, then)
            found.append(then)
        start = after
    return found


def shift(moment, by):
    """Times are clamped to the years 1 to 9999."""
    try:
        return min(moment + by, LAST)
    except OverflowError:
        return FIRST if by < timedelta(0) else LAST


def moment_of(zone, local):
    """The moment at which clocks show a local time, which zoneinfo finds."""
    first, second = (local.replace(tzinfo=zoneinfo.ZoneInfo(zone), fold=fold).utcoffset() for fold in (0, 1))
    if first >= second:
        return shift(local, -first)
    # In a gap, the first offset is that before it, and so this is the moment of the one change between the two.
    (change,) = changes(zone, shift(local, -second), shift(local, -first), timedelta(minutes=15))
    return change


def last_of_day(zone, day):
    """The last millisecond at which the date is this one, or an earlier one if the day is skipped."""
    if day == LAST.date():
        return moment_of(zone, LAST)
    midnight = datetime.combine(day + DAY, time())
    start, end = shift(midnight, -2 * DAY), shift(midnight, 2 * DAY)
    bounds = [start, *changes(zone, start, end, HOUR / 4), end]
    # Between two bounds the offset is always the same.
    ends = [(since, min(shift(midnight, -offset(zone, since)), until) - MS) for since, until in zip(bounds, bounds[1:])]
    return max(moment for since, moment in ends if moment >= since)


def local_at(zone, moment):
    return shift(moment, offset(zone, moment))


def parse_time(text):
    return time.fromisoformat(text)


def parse_moment(text):
    return datetime.fromisoformat(text.removesuffix("Z"))


def format_moment(moment):
    return moment.isoformat(timespec="milliseconds") + "Z"


def format_time(of_day):
    return re.sub(r"(:00)?\.000$", "", of_day.isoformat(timespec="milliseconds"))


def format_local(local):
    return f"{local.date().isoformat()}T{format_time(local.time())}"


def due_vector(name, day, of_day, due_zone, person_zone, minutes):
    zone = due_zone or person_zone
    on = date.fromisoformat(day)
    due_at = moment_of(zone, datetime.combine(on, parse_time(of_day))) if of_day else last_of_day(zone, on)
    start = due_at if of_day else moment_of(zone, datetime.combine(on, time(9)))
    reminders = [{"minutesBefore": before, "at": format_moment(shift(start, -timedelta(minutes=before)))} for before in minutes]
    due = {"date": day, "time": of_day, "timeZone": due_zone}
    return {"name": name, "due": due, "timeZone": person_zone, "dueAt": format_moment(due_at), "reminders": reminders}


def local_vector(name, moment, zone):
    local = local_at(zone, parse_moment(moment))
    shown = {"date": local.date().isoformat(), "time": format_time(local.time())}
    return {"name": name, "moment": moment, "timeZone": zone, **shown}


def zone_vector(zone, since, until):
    """Times, days and moments around the changes of a zone in these years, which are enough to find any mistake about them."""
    times = {datetime(since, 12, 31, 23, 59, 59, 999000), datetime(since + 1, 1, 1), datetime(2024, 2, 29, 12, 34, 56, 789000)}
    days, moments = {date(2024, 2, 29), date(since, 12, 31)}, {datetime(since, 7, 1, 12)}
    for change in changes(zone, datetime(since, 1, 1), datetime(until + 1, 1, 1)):
        start, end = sorted(shift(change, offset(zone, at)) for at in (change - MS, change))
        half = HOUR / 2
        times |= {at + by for at in (start, end) for by in (-half, -MS, timedelta(0), MS, half)}
        times.add(start + (end - start) / 2)
        days |= {(at + by).date() for at in (start, end) for by in (-DAY, timedelta(0), DAY)}
        moments |= {change + by for by in (-(end - start), -MS, timedelta(0), MS, end - start)}

    nine = time(9)
    return {
        "timeZone": zone,
        "times": {format_local(at): format_moment(moment_of(zone, at)) for at in sorted(times)},
        "days": {
            day.isoformat(): [format_moment(at) for at in (last_of_day(zone, day), moment_of(zone, datetime.combine(day, nine)))]
            for day in sorted(days)
        },
        "moments": {format_moment(at): format_local(local_at(zone, at)) for at in sorted(moments)},
    }


def main(arguments):
    if arguments == ["--all"]:
        # The two are not names of zones, but files beside them.
        zones, since, until = sorted(zoneinfo.available_timezones() - {"Factory", "localtime"}), 2024, 2030
    elif arguments in ([], ["--check"]):
        zones, since, until = SAMPLE, 2025, 2025
    else:
        sys.exit(__doc__)

    def lines(vectors):
        return ",\n".join(f"    {json.dumps(vector)}" for vector in vectors)

    parts = {
        "dues": [due_vector(*case) for case in DUES],
        "locals": [local_vector(*case) for case in LOCALS],
        "zones": [zone_vector(zone, since, until) for zone in zones],
    }
    text = "{\n" + ",\n".join(f'  "{part}": [\n{lines(vectors)}\n  ]' for part, vectors in parts.items()) + "\n}\n"
    if arguments == ["--all"]:
        sys.stdout.write(text)
    elif arguments == []:
        FILE.write_text(text, encoding="utf-8")
    elif FILE.read_text(encoding="utf-8") != text:
        sys.exit(f"{FILE} differs: run {__file__}, and look at the differences.")


if __name__ == "__main__":
    main(sys.argv[1:])
