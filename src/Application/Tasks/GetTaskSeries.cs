using Fitnessify.Application.Common;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Tasks;
using FluentValidation;
using MediatR;

namespace Fitnessify.Application.Tasks;

/// <summary>Tells the history of a task that repeats.</summary>
/// <param name="SeriesId">The id of the first task.</param>
/// <param name="From">yyyy-MM-dd; null for 365 days before the last date.</param>
/// <param name="To">yyyy-MM-dd; null for 365 days after the first date, or for today or the latest task if that is null too.</param>
public sealed record GetTaskSeriesQuery(Guid SeriesId, string? From, string? To) : IRequest<Result<TaskSeriesDto>>
{
    /// <summary>The largest number of days in one answer.</summary>
    public const int MaxDays = 366;
}

internal sealed class GetTaskSeriesValidator : RequestValidator<GetTaskSeriesQuery>
{
    public GetTaskSeriesValidator()
    {
        RuleFor(query => query.From).Date();
        RuleFor(query => query.To).Date();
        RuleFor(query => query.To)
            .Must((query, _) => DaysOf(query) is null or (>= 1 and <= GetTaskSeriesQuery.MaxDays))
            .WithErrorCode(FieldErrorCodes.OutOfRange)
            .WithMessage($"Ask for 1 to {GetTaskSeriesQuery.MaxDays} days.");
    }

    private static int? DaysOf(GetTaskSeriesQuery query) =>
        Due.ParseDate(query.To)?.DayNumber - Due.ParseDate(query.From)?.DayNumber + 1;
}

internal sealed class GetTaskSeriesHandler(
    ICurrentUser currentUser,
    IAccountRepository accounts,
    ISeriesRepository series,
    IRecurrenceRules rules,
    TimeProvider clock
) : IRequestHandler<GetTaskSeriesQuery, Result<TaskSeriesDto>>
{
    public async Task<Result<TaskSeriesDto>> Handle(GetTaskSeriesQuery request, CancellationToken cancellationToken)
    {
        var (ownerId, seriesId) = (currentUser.Id, request.SeriesId);
        if (await series.ReadEndAsync(ownerId, seriesId, cancellationToken) is not { Latest: var latest } end)
        {
            return CommonErrors.NotFound;
        }

        var timeZone = await accounts.FindTimeZoneAsync(ownerId, cancellationToken);
        var today = TimeZoneExtensions.FindOrUtc(timeZone ?? Account.DefaultTimeZone).DateAt(clock.Now());
        var (from, to) = Range(request, latest.Occurrence > today ? latest.Occurrence : today);
        var history = new SeriesHistory(today, rules);
        var occurrences = history
            .Between(await series.ListAsync(ownerId, seriesId, from, to, cancellationToken), from, to)
            .Select(OccurrenceDto.Of)
            .ToList();
        return new TaskSeriesDto(
            occurrences,
            history.CurrentStreak(latest),
            end.LongestStreak,
            occurrences.Count(occurrence => occurrence.State == OccurrenceState.Done),
            occurrences.Count(occurrence => occurrence.State == OccurrenceState.Missed)
        );
    }

    private static (DateOnly From, DateOnly To) Range(GetTaskSeriesQuery request, DateOnly end)
    {
        const int days = GetTaskSeriesQuery.MaxDays - 1;
        var from = Due.ParseDate(request.From);
        var to = Due.ParseDate(request.To) ?? (from is { } first ? Shift(first, days) : end);
        return (from ?? Shift(to, -days), to);
    }

    private static DateOnly Shift(DateOnly date, int days) =>
        DateOnly.FromDayNumber(
            Math.Clamp(date.DayNumber + days, DateOnly.MinValue.DayNumber, DateOnly.MaxValue.DayNumber)
        );
}
