using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace Fitnessify.Infrastructure.Maintenance.Copying;

/// <summary>
/// The number of rows and the sum of their hashes. It does not depend on the order of the rows, because databases sort
/// differently.
/// </summary>
internal readonly record struct RowChecksum(long Rows, UInt128 Sum)
{
    public static RowChecksum Read(long rows, string text) =>
        new(rows, UInt128.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture));

    /// <summary>The sum in 32 hexadecimal digits.</summary>
    public string Text => Sum.ToString("x32", CultureInfo.InvariantCulture);

    /// <summary>Adds a row.</summary>
    /// <param name="values">The neutral values, in the order of the columns' names.</param>
    public RowChecksum With(IEnumerable<object?> values)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        foreach (var value in values)
        {
            Write(writer, value);
        }

        var hash = SHA256.HashData(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
        return new RowChecksum(Rows + 1, unchecked(Sum + BinaryPrimitives.ReadUInt128BigEndian(hash)));
    }

    // Each value has its type before it, so that different rows cannot have the same bytes.
    private static void Write(BinaryWriter writer, object? value)
    {
        switch (value)
        {
            case null:
                writer.Write((byte)0);
                break;
            case string text:
                writer.Write((byte)1);
                writer.Write(text);
                break;
            case Guid id:
                writer.Write((byte)2);
                writer.Write(id.ToByteArray());
                break;
            case byte[] bytes:
                writer.Write((byte)3);
                writer.Write(bytes.Length);
                writer.Write(bytes);
                break;
            case TimeOnly time:
                writer.Write((byte)4);
                writer.Write(time.Ticks);
                break;
            case long or int or bool:
                writer.Write((byte)5);
                writer.Write(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            default:
                throw new NotSupportedException($"{value.GetType()} has no neutral form yet.");
        }
    }
}
