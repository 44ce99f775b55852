using Fitnessify.Domain.Common;
using NodaTime;
using NodaTime.TimeZones;

namespace Fitnessify.Domain.Tests.Common;

/// <summary>Compares the conversion of local times with NodaTime, for every change of the clocks in every zone.</summary>
public sealed class NodaTimeTests
{
    private static readonly Instant Start = Instant.FromUtc(2024, 1, 1, 0, 0);
    private static readonly Instant End = Instant.FromUtc(2031, 1, 1, 0, 0);
    private static readonly Duration Around = Duration.FromDays(2);
    private static readonly Duration Half = Duration.FromMinutes(30);
    private static readonly Duration Millisecond = Duration.FromMilliseconds(1);

    private static readonly ZoneLocalMappingResolver Resolver = Resolvers.CreateMappingResolver(
        Resolvers.ReturnEarlier,
        Resolvers.ReturnStartOfIntervalAfter
    );

    [Test]
    public void Local_times_around_every_change_of_every_zone_are_those_moments_that_NodaTime_knows()
    {
        var (changes, compared, different) = (0, 0, new SortedSet<string>());
        var source = TzdbDateTimeZoneSource.Default;
        var ids = source.GetIds().ToList();
        foreach (var id in ids)
        {
            var expected = source.ForId(id);
            // The versions of the two may differ, and this test is not about the data.
            if (!TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) || !HaveSameOffsets(zone, expected))
            {
                different.Add(id);
            }

            foreach (var change in ChangesOf(expected))
            {
                if (zone is null || !HaveSameOffsetsAround(change, zone, expected))
                {
                    different.Add(id);
                    continue;
                }

                changes++;
                foreach (var local in TimesAround(change, expected))
                {
                    AssertConverts(local, zone, expected);
                    compared++;
                }
            }
        }

        TestContext.Out.WriteLine(
            $"{ids.Count} zones of {source.TzdbVersion}, {changes} changes, {compared} local times, "
                + $"{different.Count} zones with other changes on this machine: {string.Join(", ", different)}"
        );
        Assert.That(changes, Is.GreaterThan(2000));
        Assert.That(different, Has.Count.LessThan(ids.Count * 0.05));
    }

    private static bool HaveSameOffsets(TimeZoneInfo zone, DateTimeZone expected)
    {
        for (var moment = Start; moment < End; moment += Duration.FromDays(10))
        {
            if (!HaveSameOffset(moment, zone, expected))
            {
                return false;
            }
        }

        return true;
    }

    private static bool HaveSameOffsetsAround(Instant change, TimeZoneInfo zone, DateTimeZone expected) =>
        new[] { -Around, -Millisecond, Duration.Zero, Around }.All(by => HaveSameOffset(change + by, zone, expected));

    private static bool HaveSameOffset(Instant moment, TimeZoneInfo zone, DateTimeZone expected) =>
        zone.GetUtcOffset(moment.ToDateTimeOffset()) == expected.GetUtcOffset(moment).ToTimeSpan();

    // Some intervals differ in the name only.
    private static IEnumerable<Instant> ChangesOf(DateTimeZone zone) =>
        zone.GetZoneIntervals(new Interval(Start, End), ZoneEqualityComparer.Options.OnlyMatchWallOffset)
            .Where(interval => interval.HasEnd && interval.End < End)
            .Select(interval => interval.End);

    private static IEnumerable<DateTime> TimesAround(Instant change, DateTimeZone zone)
    {
        var before = change.WithOffset(zone.GetUtcOffset(change - Millisecond)).LocalDateTime.ToDateTimeUnspecified();
        var after = change.WithOffset(zone.GetUtcOffset(change)).LocalDateTime.ToDateTimeUnspecified();
        yield return before + ((after - before) / 2);
        foreach (var end in (DateTime[])[before, after])
        {
            foreach (var by in (Duration[])[-Half, -Millisecond, Duration.Zero, Millisecond, Half])
            {
                yield return end + by.ToTimeSpan();
            }
        }
    }

    private static void AssertConverts(DateTime local, TimeZoneInfo zone, DateTimeZone expected)
    {
        var mapping = expected.MapLocal(LocalDateTime.FromDateTime(local));
        var moment = zone.WhenClocksShow(local);
        if (moment != Resolver(mapping).ToDateTimeOffset())
        {
            Assert.Fail($"{local:O} in {expected.Id}: {moment:O} instead of {Resolver(mapping)}");
        }

        if (mapping.Count > 0 && TimeZoneInfo.ConvertTime(moment, zone).DateTime != local)
        {
            Assert.Fail($"{local:O} in {expected.Id} does not come back from {moment:O}");
        }
    }
}
