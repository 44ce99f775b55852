using System.Security.Cryptography;

namespace Fitnessify.Domain.Guests;

/// <summary>The key that a guest's app chooses, so that a request whose answer got lost can be sent again.</summary>
public static class GuestKey
{
    /// <summary>Returns the digest that is stored in place of the key. The key is random, so that it needs no salt.</summary>
    public static byte[] Hash(Guid key) => SHA256.HashData(key.ToByteArray(bigEndian: true));
}
