using System.Data.Common;
using Fitnessify.Infrastructure.Persistence.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage;

namespace Fitnessify.Infrastructure.Tests.Persistence;

/// <summary>Rows that are saved by statements of our own. That they hold all members is tested wherever anything is saved.</summary>
public sealed class RowDatabaseTests : IDisposable
{
    private readonly SqliteConnection _connection = new("Data Source=:memory:");
    private readonly Commands _commands = new();
    private readonly List<string> _statements;

    public RowDatabaseTests()
    {
        _connection.Open();
        using var context = Open();
        context.Database.EnsureCreated();
        _statements = _commands.Listen();
    }

    public void Dispose() => _connection.Dispose();

    [Test]
    public async Task A_row_is_written_and_changed_by_one_statement_each()
    {
        await using var context = Open();
        var row = new Row
        {
            Id = 1,
            Name = "O'Brien",
            Kind = Kind.Second,
        };
        context.Add(row);
        await context.SaveChangesAsync();
        row.Name = null;
        await context.SaveChangesAsync();

        Assert.That(
            _statements,
            Is.EqualTo([
                """
                INSERT INTO "Rows" ("Id", "Kind", "Name", "Version")
                VALUES (@p0, @p1, @p2, @p3);
                """,
                """
                UPDATE "Rows" SET "Name" = @p0
                WHERE "Id" = @p1 AND "Version" = @p2;
                """,
            ])
        );
        await using var other = Open();
        Assert.That(await other.Rows.SingleAsync(), Is.EqualTo(row).UsingPropertiesComparer());
        // The converter of the model is used.
        Assert.That(
            await other.Database.SqlQueryRaw<string>("""SELECT "Kind" AS "Value" FROM "Rows" """).SingleAsync(),
            Is.EqualTo("Second")
        );
    }

    [TestCase("changed")]
    [TestCase("deleted")]
    public async Task A_row_that_was_changed_or_deleted_meanwhile_is_not_overwritten(string how)
    {
        await using var context = Open();
        var row = new Row { Id = 1, Name = "first" };
        context.Add(row);
        await context.SaveChangesAsync();
        await (
            how == "changed"
                ? context.Rows.ExecuteUpdateAsync(set => set.SetProperty(r => r.Version, 2))
                : context.Rows.ExecuteDeleteAsync()
        );
        row.Name = "second";

        var lost = Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => context.SaveChangesAsync());

        Assert.That(lost!.Entries.Single().Entity, Is.SameAs(row));
        Assert.That(await context.Rows.CountAsync(r => r.Name == "second"), Is.Zero);
    }

    [Test]
    public async Task A_violated_key_is_reported_as_EF_Core_does()
    {
        await using var context = Open();
        context.Add(new Row { Id = 1 });
        await context.SaveChangesAsync();
        context.ChangeTracker.Clear();
        var row = new Row { Id = 1 };
        context.Add(row);

        var failed = Assert.ThrowsAsync<DbUpdateException>(() => context.SaveChangesAsync());

        Assert.That(failed!.InnerException, Is.TypeOf<SqliteException>());
        Assert.That(failed.Entries.Single().Entity, Is.SameAs(row));
    }

    [Test]
    public async Task What_takes_more_than_a_statement_is_left_to_EF_Core()
    {
        await using var context = Open();
        var (one, numbered, unversioned) = (new Row { Id = 1 }, new Numbered(), new Optional { Id = 1 });
        context.Add(numbered);
        await context.SaveChangesAsync();
        Assert.That(numbered.Id, Is.Positive, "the database has given the number");
        context.Add(unversioned);
        await context.SaveChangesAsync();
        unversioned.Version = 1;
        await context.SaveChangesAsync();
        Assert.That(_statements[^1], Does.Contain("\"Version\" IS NULL"));
        context.AddRange(one, new Row { Id = 2 });
        await context.SaveChangesAsync();
        context.Remove(one);
        await context.SaveChangesAsync();

        Assert.That(await context.Rows.Select(row => row.Id).ToListAsync(), Is.EqualTo([2]));
    }

    [Test]
    public async Task A_limited_number_of_statements_is_kept_and_all_others_are_saved_too()
    {
        await using var context = Open();
        var wide = new Wide { Id = 1 };
        context.Add(wide);
        await context.SaveChangesAsync();
        foreach (var set in Enumerable.Range(1, 255))
        {
            foreach (
                var (index, property) in context.Entry(wide).Properties.Where(p => !p.Metadata.IsPrimaryKey()).Index()
            )
            {
                property.CurrentValue = (int)property.CurrentValue! + (set >> index & 1);
            }

            await context.SaveChangesAsync();
        }

        await using var other = Open();
        var stored = await other.Set<Wide>().SingleAsync();
        Assert.That(
            new[] { stored.A, stored.B, stored.C, stored.D, stored.E, stored.F, stored.G, stored.H },
            Is.All.EqualTo(128)
        );
        Assert.That(RowStatements.Of(context.Model.FindEntityType(typeof(Wide))!).Count, Is.EqualTo(200));
    }

    private Context Open() => new(_connection, _commands);

    private enum Kind
    {
        First,
        Second,
    }

    private sealed class Row
    {
        public int Id { get; init; }

        public Kind Kind { get; init; }

        public string? Name { get; set; }

        public int Version { get; init; }
    }

    private sealed class Numbered
    {
        public int Id { get; init; }
    }

    private sealed class Optional
    {
        public int Id { get; init; }

        public int? Version { get; set; }
    }

    private sealed class Wide
    {
        public int Id { get; init; }

        public int A { get; init; }

        public int B { get; init; }

        public int C { get; init; }

        public int D { get; init; }

        public int E { get; init; }

        public int F { get; init; }

        public int G { get; init; }

        public int H { get; init; }
    }

    private sealed class Context(DbConnection connection, IInterceptor interceptor) : DbContext
    {
        public DbSet<Row> Rows => Set<Row>();

        protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) =>
            optionsBuilder.UseSqlite(connection).ReplaceService<IDatabase, RowDatabase>().AddInterceptors(interceptor);

        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            modelBuilder.Entity<Row>(row =>
            {
                row.ToTable("Rows");
                row.Property(r => r.Id).ValueGeneratedNever();
                row.Property(r => r.Kind).HasConversion<string>();
                row.Property(r => r.Version).IsConcurrencyToken();
            });
            modelBuilder.Entity<Numbered>();
            modelBuilder.Entity<Optional>(row =>
            {
                row.Property(r => r.Id).ValueGeneratedNever();
                row.Property(r => r.Version).IsConcurrencyToken();
            });
            modelBuilder.Entity<Wide>().Property(r => r.Id).ValueGeneratedNever();
        }
    }
}
