using System.Buffers.Text;
using System.Collections;
using System.Data.Common;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Fitnessify.Infrastructure.Persistence.Sqlite;

/// <summary>
/// The reader that EF Core uses. It gets each value with one to three calls into SQLite. Microsoft.Data.Sqlite makes more, and
/// counts the users of the statement for each of them; with it, a page of 50 tasks takes a quarter longer (docs/performance.md).
/// </summary>
internal sealed partial class PooledReader(SqliteDataReader reader, PhysicalConnection connection) : DbDataReader
{
    private const string Library = "e_sqlite3";
    private const int GuidLength = 36;

    // The reader of Microsoft.Data.Sqlite keeps the statement until it is closed, and is closed only after this one.
    private nint _statement;

    /// <summary>Gets the statement; null when the reader is closed.</summary>
    public sqlite3_stmt? Handle => reader.Handle;

    public override int Depth => reader.Depth;

    public override int FieldCount => reader.FieldCount;

    public override bool HasRows => reader.HasRows;

    public override bool IsClosed => reader.IsClosed;

    public override int RecordsAffected => reader.RecordsAffected;

    public override object this[int ordinal] => reader[ordinal];

    public override object this[string name] => reader[name];

    public override bool Read()
    {
        var hasRow = Move(static reader => reader.Read());
        _statement = hasRow ? Handle!.DangerousGetHandle() : 0;
        return hasRow;
    }

    public override bool NextResult() => Move(static reader => reader.NextResult());

    public override void Close()
    {
        _statement = 0;
        reader.Close();
    }

    public override bool IsDBNull(int ordinal) => TypeOf(StatementOf(ordinal), ordinal) == raw.SQLITE_NULL;

    public override long GetInt64(int ordinal)
    {
        var statement = StatementOf(ordinal);
        var value = Int64Of(statement, ordinal);
        // SQLite also returns 0 for null, where the other reader fails.
        return value != 0 || TypeOf(statement, ordinal) == raw.SQLITE_INTEGER ? value : reader.GetInt64(ordinal);
    }

    public override int GetInt32(int ordinal) => checked((int)GetInt64(ordinal));

    public override bool GetBoolean(int ordinal) => GetInt64(ordinal) != 0;

    public override string GetString(int ordinal)
    {
        var statement = StatementOf(ordinal);
        var text = TextOf(statement, ordinal);
        return text == 0 ? reader.GetString(ordinal) : Marshal.PtrToStringUTF8(text, LengthOf(statement, ordinal));
    }

    public override Guid GetGuid(int ordinal) =>
        TryGetGuid(StatementOf(ordinal), ordinal, out var value) ? value : reader.GetGuid(ordinal);

    public override T GetFieldValue<T>(int ordinal) => reader.GetFieldValue<T>(ordinal);

    public override byte GetByte(int ordinal) => reader.GetByte(ordinal);

    public override long GetBytes(int ordinal, long dataOffset, byte[]? buffer, int bufferOffset, int length) =>
        reader.GetBytes(ordinal, dataOffset, buffer, bufferOffset, length);

    public override char GetChar(int ordinal) => reader.GetChar(ordinal);

    public override long GetChars(int ordinal, long dataOffset, char[]? buffer, int bufferOffset, int length) =>
        reader.GetChars(ordinal, dataOffset, buffer, bufferOffset, length);

    public override string GetDataTypeName(int ordinal) => reader.GetDataTypeName(ordinal);

    public override DateTime GetDateTime(int ordinal) => reader.GetDateTime(ordinal);

    public override decimal GetDecimal(int ordinal) => reader.GetDecimal(ordinal);

    public override double GetDouble(int ordinal) => reader.GetDouble(ordinal);

    public override IEnumerator GetEnumerator() => new DbEnumerator(this, closeReader: false);

    public override Type GetFieldType(int ordinal) => reader.GetFieldType(ordinal);

    public override float GetFloat(int ordinal) => reader.GetFloat(ordinal);

    public override short GetInt16(int ordinal) => reader.GetInt16(ordinal);

    public override string GetName(int ordinal) => reader.GetName(ordinal);

    public override int GetOrdinal(string name) => reader.GetOrdinal(name);

    public override Stream GetStream(int ordinal) => reader.GetStream(ordinal);

    public override object GetValue(int ordinal) => reader.GetValue(ordinal);

    public override int GetValues(object[] values) => reader.GetValues(values);

    // Even a query may fail so that SQLite rolls back the transaction, which other writers share.
    private bool Move(Func<SqliteDataReader, bool> move)
    {
        _statement = 0;
        try
        {
            return move(reader);
        }
        catch (SqliteException exception)
        {
            connection.Note(exception);
            throw;
        }
    }

    // SQLite must not be asked for the text of a blob, because that makes it a text.
    private static unsafe bool TryGetGuid(nint statement, int ordinal, out Guid value)
    {
        value = default;
        return TypeOf(statement, ordinal) == raw.SQLITE_TEXT
            && TextOf(statement, ordinal) is var text
            && LengthOf(statement, ordinal) == GuidLength
            && Utf8Parser.TryParse(new ReadOnlySpan<byte>((void*)text, GuidLength), out value, out _, 'D');
    }

    private nint StatementOf(int ordinal) =>
        _statement != 0
            ? _statement
            : throw new InvalidOperationException($"There is no row to read column {ordinal} from.");

    [LibraryImport(Library, EntryPoint = "sqlite3_column_type")]
    private static partial int TypeOf(nint statement, int column);

    [LibraryImport(Library, EntryPoint = "sqlite3_column_int64")]
    private static partial long Int64Of(nint statement, int column);

    [LibraryImport(Library, EntryPoint = "sqlite3_column_text")]
    private static partial nint TextOf(nint statement, int column);

    [LibraryImport(Library, EntryPoint = "sqlite3_column_bytes")]
    private static partial int LengthOf(nint statement, int column);
}
