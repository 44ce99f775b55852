using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.EntityFrameworkCore.Update;

namespace Fitnessify.Infrastructure.Persistence.SqlServer;

/// <summary>
/// Generates migrations for SQL Server that build an index of an existing table online, so that the server can write meanwhile.
/// Not every edition supports this, so the statement checks the edition; EF Core itself generates only one of the two forms.
/// </summary>
internal sealed class OnlineIndexes(
    MigrationsSqlGeneratorDependencies dependencies,
    ICommandBatchPreparer commandBatchPreparer
) : SqlServerMigrationsSqlGenerator(dependencies, commandBatchPreparer)
{
    private const string Online = "SqlServer:Online";

    // These are Enterprise and Developer, Azure SQL Database, and Azure SQL Managed Instance.
    private const string CanBuildOnline = "CAST(SERVERPROPERTY('EngineEdition') AS int) IN (3, 5, 8)";

    private HashSet<string> _newTables = [];

    public override IReadOnlyList<MigrationCommand> Generate(
        IReadOnlyList<MigrationOperation> operations,
        IModel? model = null,
        MigrationsSqlGenerationOptions options = MigrationsSqlGenerationOptions.Default
    )
    {
        _newTables = [.. operations.OfType<CreateTableOperation>().Select(table => table.Name)];
        return base.Generate(operations, model, options);
    }

    protected override void Generate(
        CreateIndexOperation operation,
        IModel? model,
        MigrationCommandListBuilder builder,
        bool terminate = true
    )
    {
        if (_newTables.Contains(operation.Table))
        {
            base.Generate(operation, model, builder, terminate);
            return;
        }

        var offline = new MigrationCommandListBuilder(Dependencies);
        base.Generate(operation, model, offline, terminate: false);
        var online = new MigrationCommandListBuilder(Dependencies);
        operation[Online] = true;
        base.Generate(operation, model, online, terminate: false);
        operation.RemoveAnnotation(Online);
        builder
            .AppendLine($"IF {CanBuildOnline}")
            .AppendLine($"    EXEC(N'{Text(online).Replace("'", "''")}');")
            .AppendLine("ELSE")
            .AppendLine($"    EXEC(N'{Text(offline).Replace("'", "''")}');");
        if (terminate)
        {
            EndStatement(builder);
        }
    }

    private static string Text(MigrationCommandListBuilder builder) =>
        builder.EndCommand().GetCommandList()[^1].CommandText;
}
