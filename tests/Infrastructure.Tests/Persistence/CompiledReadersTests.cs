// The service is experimental; see CompiledReaders.
#pragma warning disable EF9100

using System.Linq.Expressions;
using Fitnessify.Infrastructure.Persistence;
using Fitnessify.Infrastructure.Persistence.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Query;

namespace Fitnessify.Infrastructure.Tests.Persistence;

public sealed class CompiledReadersTests
{
    [Test]
    public void A_lambda_that_uses_nothing_from_outside_is_compiled_once()
    {
        Expression<Func<int, Func<int, int>>> query = _ => row => row + 1;

        var (isCompiled, first, second) = Run(query);

        Assert.That((isCompiled, first(1), second(1)), Is.EqualTo((true, 2, 2)));
        Assert.That(second, Is.SameAs(first));
    }

    [Test]
    public void A_lambda_that_uses_something_from_outside_stays_one()
    {
        Expression<Func<int, Func<int, int>>> query = added => row => row + added;

        var (isCompiled, first, second) = Run(query);

        Assert.That((isCompiled, first(1), second(1)), Is.EqualTo((false, 2, 3)));
    }

    private static (bool IsCompiled, Func<int, int> First, Func<int, int> Second) Run(
        Expression<Func<int, Func<int, int>>> query
    )
    {
        var builder = new DbContextOptionsBuilder<SqliteDbContext>();
        builder.UseSqlite("Data Source=unused.db").CompileReadersOnce();
        using var context = new SqliteDbContext(builder.Options);
        var processor = context.GetService<ILiftableConstantProcessor>();
        var processed = (Expression<Func<int, Func<int, int>>>)processor.InlineConstants(query, false);
        var execute = processed.Compile();
        return (processed.Body is ConstantExpression, execute(1), execute(2));
    }
}
