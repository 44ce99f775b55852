using System.Text.Json;
using Fitnessify.Application.Common;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Tasks;
using MediatR;

namespace Fitnessify.Application.Tasks;

/// <summary>Counts the tasks of the current user by status, priority, list and due time.</summary>
/// <param name="TimeZone">IANA name, for what counts as today; the user's time zone when null.</param>
public sealed record GetTaskSummaryQuery(string? TimeZone) : IRequest<Result<TaskSummaryDto>>;

internal sealed class GetTaskSummaryValidator : RequestValidator<GetTaskSummaryQuery>
{
    public GetTaskSummaryValidator() => RuleFor(query => query.TimeZone).TimeZone();
}

internal sealed class GetTaskSummaryHandler(
    ICurrentUser currentUser,
    IAccountRepository accounts,
    ITaskRepository tasks,
    TimeProvider clock
) : IRequestHandler<GetTaskSummaryQuery, Result<TaskSummaryDto>>
{
    public async Task<Result<TaskSummaryDto>> Handle(GetTaskSummaryQuery request, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        var name = request.TimeZone ?? await accounts.FindTimeZoneAsync(currentUser.Id, cancellationToken);
        var zone = TimeZoneExtensions.FindOrUtc(name ?? Account.DefaultTimeZone);
        var counts = await tasks.CountAsync(currentUser.Id, now, Today(zone, now), cancellationToken);
        return new TaskSummaryDto(
            Named(counts.ByStatus),
            Named(counts.ByPriority),
            counts
                .ByList.Select(list => KeyValuePair.Create(list.Key.ToString(), list.Value))
                .Prepend(KeyValuePair.Create(TaskRules.Inbox, counts.InInbox))
                .ToDictionary(),
            counts.Overdue,
            counts.DueToday
        );
    }

    private static (DateTimeOffset From, DateTimeOffset To) Today(TimeZoneInfo zone, DateTimeOffset now)
    {
        var today = zone.DateAt(now).ToDateTime(TimeOnly.MinValue);
        return (zone.WhenClocksShow(today), zone.WhenClocksShow(today.AddDays(1)));
    }

    private static Dictionary<string, int> Named<T>(IReadOnlyDictionary<T, int> counts)
        where T : struct, Enum =>
        Enum.GetValues<T>()
            .ToDictionary(
                value => JsonNamingPolicy.CamelCase.ConvertName(value.ToString()),
                value => counts.GetValueOrDefault(value)
            );
}
