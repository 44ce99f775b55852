using Fitnessify.Application.Common;
using Fitnessify.Application.Lists;
using Fitnessify.Domain.Common;

namespace Fitnessify.Infrastructure.Tests.Lists;

/// <summary>Calls of the list tests to a server.</summary>
internal static class ListRequests
{
    /// <summary>A patch without members.</summary>
    public static readonly ListPatch Nothing = new(default, default, default, default);

    public static async Task<ListDto> CreateListAsync(this Instance server, ListInput? input = null) =>
        (await server.SendAsync(new CreateListCommand(input ?? new ListInput("List")))).Value!;

    public static Task<Result<Replaced<ListDto>>> PutListAsync(
        this Instance server,
        Guid id,
        ListInput input,
        Precondition? precondition = null
    ) => server.SendAsync(new ReplaceListCommand(id, input, precondition ?? Precondition.None));

    public static Task<Result<ListDto>> PatchListAsync(this Instance server, Guid id, ListPatch patch) =>
        server.SendAsync(new PatchListCommand(id, patch, Precondition.None));

    public static Task<Result> DeleteListAsync(this Instance server, Guid id) =>
        server.SendAsync(new DeleteListCommand(id, Precondition.None));

    public static async Task<IReadOnlyList<ListDto>> ListsAsync(this Instance server) =>
        (await server.SendAsync(new ListListsQuery())).Value!.Items;

    /// <summary>Does what the job does after lists were deleted.</summary>
    public static Task<Result> EmptyDeletedListsAsync(this Instance server) =>
        server.SendAsync(new EmptyDeletedListsCommand());
}
