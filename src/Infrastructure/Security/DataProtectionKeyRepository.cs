using System.Xml.Linq;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Fitnessify.Infrastructure.Security;

/// <summary>One element of Data Protection's key ring: a key, or a revocation.</summary>
internal sealed class DataProtectionKey
{
    /// <summary>Counts up from 1. Two instances that store the first key at the same moment collide here.</summary>
    public required int Id { get; init; }

    public required string FriendlyName { get; init; }

    public required string Xml { get; init; }
}

/// <summary>Keeps the key ring in the database, where all instances share it.</summary>
internal sealed class DataProtectionKeyRepository(IServiceScopeFactory scopes) : IXmlRepository
{
    private const string KeyElement = "key";

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var scope = scopes.CreateScope();
        var context = scope.ServiceProvider.GetRequiredService<AppDbContext>();
        return [.. context.DataProtectionKeys.AsNoTracking().OrderBy(key => key.Id).AsEnumerable().Select(Parse)];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        while (!TryStore(element, friendlyName))
        {
            // Another instance was quicker. A key of ours is then not needed: Data Protection reads the ring again after
            // it has stored one, and finds the other instance's. Anything else, a revocation, has to get in.
            if (element.Name.LocalName == KeyElement)
            {
                return;
            }
        }
    }

    private static XElement Parse(DataProtectionKey key) => XElement.Parse(key.Xml);

    private bool TryStore(XElement element, string friendlyName)
    {
        using var scope = scopes.CreateScope();
        var context = scope.ServiceProvider.GetRequiredService<AppDbContext>();
        var last = context.DataProtectionKeys.Max(key => (int?)key.Id) ?? 0;
        context.DataProtectionKeys.Add(
            new DataProtectionKey
            {
                Id = last + 1,
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
            when (exception.InnerException is System.Data.Common.DbException cause && context.IsUniqueViolation(cause))
        {
            return false;
        }
    }
}
