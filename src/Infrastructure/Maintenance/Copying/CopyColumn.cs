using System.Data.Common;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace Fitnessify.Infrastructure.Maintenance.Copying;

/// <summary>A column of one database. Values are read in the form of the model, which all providers share.</summary>
internal class CopyColumn(string name, RelationalTypeMapping mapping)
{
    /// <summary>Returns the column of a property.</summary>
    public static CopyColumn Of(IColumn column) => new(column.Name, column.PropertyMappings[0].TypeMapping);

    public string Name => name;

    /// <summary>Reads the value in the form of the model, or null.</summary>
    public virtual object? Read(DbDataReader row, int ordinal)
    {
        if (row.IsDBNull(ordinal))
        {
            return null;
        }

        var value = ReadAs(row, ordinal, mapping.Converter?.ProviderClrType ?? mapping.ClrType);
        return mapping.Converter is { } converter ? converter.ConvertFromProvider(value) : value;
    }

    /// <summary>Adds a value in the form of the model to the command.</summary>
    public virtual void Bind(DbCommand command, string parameter, object? value) =>
        command.Parameters.Add(mapping.CreateParameter(command, parameter, value, nullable: true));

    /// <summary>Returns the value in a form that has the same bytes for every provider.</summary>
    public virtual object? Neutral(object? value) =>
        value switch
        {
            null => null,
            // SQLite stores ticks, and SQL Server has its own type.
            DateTimeOffset time => time.UtcTicks,
            _ => mapping.Converter is { } converter ? converter.ConvertToProvider(value) : value,
        };

    private static object ReadAs(DbDataReader row, int ordinal, Type type) =>
        (Nullable.GetUnderlyingType(type) ?? type) switch
        {
            var t when t == typeof(string) => row.GetString(ordinal),
            var t when t == typeof(Guid) => row.GetGuid(ordinal),
            var t when t == typeof(long) => row.GetInt64(ordinal),
            var t when t == typeof(int) => row.GetInt32(ordinal),
            var t when t == typeof(bool) => row.GetBoolean(ordinal),
            var t when t == typeof(byte[]) => row.GetFieldValue<byte[]>(ordinal),
            var t when t == typeof(DateTimeOffset) => row.GetFieldValue<DateTimeOffset>(ordinal),
            var t when t == typeof(TimeOnly) => row.GetFieldValue<TimeOnly>(ordinal),
            _ => throw new NotSupportedException(
                $"{type} is not copied yet: add it here and to {nameof(RowChecksum)}."
            ),
        };
}
