using Fitnessify.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Tests.Persistence;

public sealed class PendingModelChangesTests
{
    private static readonly TestCaseData<Func<DbContext>>[] Contexts =
    [
        new(() => new SqliteDesignTimeFactory().CreateDbContext([])) { TestName = "{m}(SQLite)" },
        new(() => new SqlServerDesignTimeFactory().CreateDbContext([])) { TestName = "{m}(SQL Server)" },
    ];

    [TestCaseSource(nameof(Contexts))]
    public void The_migrations_hold_the_whole_model(Func<DbContext> create)
    {
        using var context = create();

        Assert.That(context.Database.HasPendingModelChanges(), Is.False, "Add a migration with dotnet ef.");
    }
}
