using System.Data.Common;
using System.Xml.Linq;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Fitnessify.Infrastructure.DataProtection;

/// <summary>One element of Data Protection's key ring: a key or a revocation.</summary>
internal sealed class DataProtectionKey
{
    /// <summary>The number of the element, counted from 1. Two instances that add an element at the same time conflict here.</summary>
    public required int Id { get; init; }

    public required string FriendlyName { get; init; }

    public required string Xml { get; init; }
}

/// <summary>Stores the key ring in the database that all instances share.</summary>
// The repository of the framework lets instances that start at the same time add a key each; see
// docs/decisions/0021-own-key-ring-repository.md.
internal sealed class DataProtectionKeyRepository(IServiceScopeFactory scopes) : IXmlRepository
{
    // Data Protection reads the ring before it decides to add a key, so the next number follows from that read.
    private int _lastRead;

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        var stored = ReadAfter(0);
        Volatile.Write(ref _lastRead, stored.LastOrDefault()?.Id ?? 0);
        return [.. stored.Select(Parse)];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        var last = Volatile.Read(ref _lastRead);
        while (!TryStore(element, friendlyName, last + 1))
        {
            // Another instance was faster. If both added a key, this one is not needed, because Data Protection reads the ring
            // again after storing and finds the other key. A revocation has to be stored in any case.
            var added = ReadAfter(last);
            if (IsKey(element) && added.Select(Parse).Any(IsKey))
            {
                return;
            }

            last = added[^1].Id;
        }
    }

    private static XElement Parse(DataProtectionKey key) => XElement.Parse(key.Xml);

    private static bool IsKey(XElement element) => element.Name.LocalName == "key";

    private List<DataProtectionKey> ReadAfter(int id)
    {
        using var scope = scopes.CreateScope();
        var context = scope.ServiceProvider.GetRequiredService<AppDbContext>();
        var stored = context
            .Database.CreateExecutionStrategy()
            .Execute(() =>
                context.Read(
                    "SELECT Id, FriendlyName, Xml FROM DataProtectionKeys ORDER BY Id",
                    row => new DataProtectionKey
                    {
                        Id = row.GetInt32(0),
                        FriendlyName = row.GetString(1),
                        Xml = row.GetString(2),
                    }
                )
            );
        // The ring is small, because a key is added only every three months.
        return [.. stored.Where(key => key.Id > id)];
    }

    private bool TryStore(XElement element, string friendlyName, int id)
    {
        using var scope = scopes.CreateScope();
        var context = scope.ServiceProvider.GetRequiredService<AppDbContext>();
        context.DataProtectionKeys.Add(
            new DataProtectionKey
            {
                Id = id,
                FriendlyName = friendlyName,
                Xml = element.ToString(SaveOptions.DisableFormatting),
            }
        );
        try
        {
            context.SaveChanges();
            return true;
        }
        catch (DbUpdateException exception)
            when (exception.InnerException is DbException cause && context.IsUniqueViolation(cause))
        {
            return false;
        }
    }
}
