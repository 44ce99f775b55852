using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Fitnessify.Infrastructure.Tests.Persistence;

/// <summary>Turns a T-SQL script into comparable lines without a server.</summary>
internal sealed class SqlServerSchema : TSqlFragmentVisitor
{
    private readonly List<string> _lines = [];
    private readonly List<string> _online = [];

    /// <summary>Returns the columns and keys of each table, and each index, in the order of the script.</summary>
    public static IReadOnlyList<string> Describe(string script) => Of(script)._lines;

    /// <summary>Returns the indexes that are built online where the edition supports it.</summary>
    public static IReadOnlyList<string> DescribeOnline(string script) => Of(script)._online;

    private static SqlServerSchema Of(string script)
    {
        var schema = new SqlServerSchema();
        schema.Read(script);
        return schema;
    }

    public override void Visit(CreateTableStatement node)
    {
        _lines.Add($"table {node.SchemaObjectName.BaseIdentifier.Value}");
        _lines.AddRange(node.Definition.ColumnDefinitions.Select(Describe));
        _lines.AddRange(node.Definition.TableConstraints.Select(Describe));
    }

    public override void Visit(AlterTableAddTableElementStatement node)
    {
        _lines.Add($"more of table {node.SchemaObjectName.BaseIdentifier.Value}");
        _lines.AddRange(node.Definition.ColumnDefinitions.Select(Describe));
        _lines.AddRange(node.Definition.TableConstraints.Select(Describe));
    }

    // A statement for an online build occurs twice, once for each kind of edition.
    public override void Visit(CreateIndexStatement node)
    {
        var isOnline = node.IndexOptions.OfType<OnlineIndexOption>().Any();
        var line =
            $"{(node.Unique ? "unique " : "")}index {node.Name.Value} on {node.OnName.BaseIdentifier.Value} "
            + $"({Columns(node.Columns)}){(node.FilterPredicate is null ? "" : " filtered")}";
        if (isOnline)
        {
            _online.Add(line);
        }
        else
        {
            _lines.Add(line);
        }
    }

    // An idempotent script hides statements that an older schema might not compile. Statements that are composed of variables,
    // such as dropping a default constraint whose name is unknown, cannot be read.
    public override void Visit(ExecutableStringList node)
    {
        if (node.Strings.All(part => part is StringLiteral))
        {
            Read(string.Concat(node.Strings.Cast<StringLiteral>().Select(literal => literal.Value)));
        }
    }

    private void Read(string script)
    {
        using var reader = new StringReader(script);
        var parsed = new TSql150Parser(initialQuotedIdentifiers: true).Parse(reader, out var errors);
        Assert.That(errors.Select(error => $"line {error.Line}: {error.Message}"), Is.Empty, script);
        parsed.Accept(this);
    }

    private static string Describe(ColumnDefinition column)
    {
        var collation = column.Collation is { } name ? $" {name.Value}" : "";
        var identity = column.IdentityOptions is null ? "" : " identity";
        var optional = column.Constraints.OfType<NullableConstraintDefinition>().Single().Nullable;
        var nullable = optional ? "?" : "";
        return $"  {column.ColumnIdentifier.Value} {Text(column.DataType)}{nullable}{collation}{identity}";
    }

    private static string Describe(ConstraintDefinition constraint) =>
        constraint switch
        {
            UniqueConstraintDefinition key =>
                $"  {(key.IsPrimaryKey ? "primary" : "unique")} key {key.ConstraintIdentifier.Value} ({Columns(key.Columns)})",
            ForeignKeyConstraintDefinition key =>
                $"  foreign key {key.ConstraintIdentifier.Value} ({Names(key.Columns)}) to "
                    + $"{key.ReferenceTableName.BaseIdentifier.Value} ({Names(key.ReferencedTableColumns)}) "
                    + $"on delete {key.DeleteAction}",
            _ => $"  {constraint.GetType().Name}",
        };

    private static string Columns(IEnumerable<ColumnWithSortOrder> columns) =>
        Names(columns.Select(column => column.Column.MultiPartIdentifier.Identifiers[^1]));

    private static string Names(IEnumerable<Identifier> names) => string.Join(", ", names.Select(name => name.Value));

    private static string Text(TSqlFragment fragment) =>
        string.Concat(
            fragment
                .ScriptTokenStream.Take(fragment.LastTokenIndex + 1)
                .Skip(fragment.FirstTokenIndex)
                .Select(token => token.Text)
        );
}
