using Fitnessify.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Fitnessify.Infrastructure.Tests.Persistence;

public sealed class PendingModelChangesTests
{
    private static readonly TestCaseData<Func<DbContext>>[] Contexts =
    [
        new(() => new SqliteDesignTimeFactory().CreateDbContext([])) { TestName = "{m}(SQLite)" },
        new(() => new SqlServerDesignTimeFactory().CreateDbContext([])) { TestName = "{m}(SQL Server)" },
    ];

    [TestCaseSource(nameof(Contexts))]
    public void The_migrations_cover_the_whole_model(Func<DbContext> create)
    {
        using var context = create();

        Assert.That(context.Database.HasPendingModelChanges(), Is.False, "Add a migration with dotnet ef.");
    }

    [TestCaseSource(nameof(Contexts))]
    public void The_compiled_model_matches_the_configurations(Func<DbContext> create)
    {
        using var context = create();

        Assert.That(
            Describe(context.Model),
            Is.EqualTo(Describe(context.GetService<IDesignTimeModel>().Model)),
            "Run src/Infrastructure/Persistence/CompiledModels/generate."
        );
    }

    // The whole model is not compared: a query of rows that are not entities leaves a description of them in it.
    private static IEnumerable<string> Describe(IModel model) =>
        model.GetEntityTypes().Select(type => type.ToDebugString());
}
