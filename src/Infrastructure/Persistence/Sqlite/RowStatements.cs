using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Update;

namespace Fitnessify.Infrastructure.Persistence.Sqlite;

/// <summary>The statements that insert or update one row of a table, by the columns that they write.</summary>
internal sealed class RowStatements
{
    // Each member of a patch may be written or not, so a client can ask for any combination.
    private const int MaxStatements = 200;

    private readonly ConcurrentDictionary<(EntityState State, ulong Columns), RowStatement> _statements = new();
    private readonly IColumnMapping[] _columns;
    private readonly string _table;

    // Whether one statement with its own values can write the row.
    private readonly bool _isPlain;

    private RowStatements(IEntityType type)
    {
        ITableMapping[] tables = [.. type.GetTableMappings()];
        _columns = tables is [var table] ? [.. table.ColumnMappings] : [];
        _table = _columns is [] ? "" : tables[0].Table.Name;
        _isPlain =
            _columns.Length is > 0 and <= 64
            && !type.GetComplexProperties().Any()
            && tables[0].Table.EntityTypeMappings.Count() == 1
            && type.GetNavigations().All(navigation => !navigation.TargetEntityType.IsMappedToJson());
    }

    /// <summary>The number of statements that are kept.</summary>
    public int Count => _statements.Count;

    public static RowStatements Of(IEntityType type) =>
        type.GetOrAddRuntimeAnnotationValue("Fitnessify:Rows", static type => new RowStatements(type!), type);

    /// <summary>Returns the statement that saves the entry, or null when it takes more than that.</summary>
    public RowStatement? Find(IUpdateEntry entry, IRelationalCommandBuilderFactory builders, ISqlGenerationHelper sql)
    {
        if (!_isPlain || entry.EntityState is not (EntityState.Added or EntityState.Modified))
        {
            return null;
        }

        var isNew = entry.EntityState == EntityState.Added;
        var columns = 0UL;
        for (var i = 0; i < _columns.Length; i++)
        {
            var property = _columns[i].Property;
            // The condition on null has another form.
            if (
                entry.IsStoreGenerated(property)
                || (!isNew && IsCondition(property) && entry.GetOriginalValue(property) is null)
            )
            {
                return null;
            }

            if (
                (isNew ? property.GetBeforeSaveBehavior() : property.GetAfterSaveBehavior())
                    == PropertySaveBehavior.Save
                && (isNew || entry.IsModified(property))
            )
            {
                columns |= 1UL << i;
            }
        }

        if (_statements.TryGetValue((entry.EntityState, columns), out var known))
        {
            return known;
        }

        return columns == 0 || _statements.Count >= MaxStatements
            ? null
            : _statements.GetOrAdd((entry.EntityState, columns), key => Build(isNew, key.Columns, builders, sql));
    }

    private static bool IsCondition(IProperty property) => property.IsPrimaryKey() || property.IsConcurrencyToken;

    private RowStatement Build(
        bool isNew,
        ulong columns,
        IRelationalCommandBuilderFactory builders,
        ISqlGenerationHelper sql
    )
    {
        var builder = builders.Create();
        List<RowParameter> parameters = [];
        string Add(IColumnMapping column, bool isOriginal)
        {
            var name = $"p{parameters.Count}";
            parameters.Add(new RowParameter(name, column.Property, isOriginal));
            builder.AddParameter(name, sql.GenerateParameterName(name), column.TypeMapping, column.Column.IsNullable);
            return sql.GenerateParameterNamePlaceholder(name);
        }

        string Name(IColumnMapping column) => sql.DelimitIdentifier(column.Column.Name);

        IColumnMapping[] written = [.. _columns.Where((_, i) => (columns & (1UL << i)) != 0)];
        var table = sql.DelimitIdentifier(_table);
        if (isNew)
        {
            builder.Append(
                $"INSERT INTO {table} ({string.Join(", ", written.Select(Name))})\nVALUES ({string.Join(", ", written.Select(column => Add(column, false)))});"
            );
        }
        else
        {
            var values = written.Select(column => $"{Name(column)} = {Add(column, false)}").ToList();
            var conditions = _columns
                .Where(column => IsCondition(column.Property))
                .Select(column => $"{Name(column)} = {Add(column, true)}");
            builder.Append(
                $"UPDATE {table} SET {string.Join(", ", values)}\nWHERE {string.Join(" AND ", conditions)};"
            );
        }

        return new RowStatement(builder.Build(), [.. parameters]);
    }
}

/// <summary>A statement that saves one row.</summary>
internal sealed record RowStatement(IRelationalCommand Command, RowParameter[] Parameters)
{
    public Dictionary<string, object?> ValuesOf(IUpdateEntry entry)
    {
        var values = new Dictionary<string, object?>(Parameters.Length);
        foreach (var (name, property, isOriginal) in Parameters)
        {
            values.Add(name, isOriginal ? entry.GetOriginalValue(property) : entry.GetCurrentValue(property));
        }

        return values;
    }
}

/// <summary>A parameter of a <see cref="RowStatement"/>.</summary>
internal sealed record RowParameter(string Name, IProperty Property, bool IsOriginal);
