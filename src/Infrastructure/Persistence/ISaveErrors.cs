using Fitnessify.Domain.Common;

namespace Fitnessify.Infrastructure.Persistence;

/// <summary>Which expected failure it is when the database refuses what a room has written.</summary>
internal interface ISaveErrors
{
    /// <summary>By the name of the violated unique index or key; indexes that input cannot violate are not in here.</summary>
    IReadOnlyDictionary<string, Error> UniqueIndexes => EmptyIndexes;

    /// <summary>Says what it means that the stored row of this entity is not the one that was read; null for entities of other rooms.</summary>
    Error? FindLostUpdate(object entity) => null;

    /// <summary>What it means when the account to which rows belong is gone; one room says it for all.</summary>
    Error? OwnerGone => null;

    private static readonly IReadOnlyDictionary<string, Error> EmptyIndexes = new Dictionary<string, Error>();
}
