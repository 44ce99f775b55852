using System.Buffers.Text;
using System.Security.Cryptography;
using Fitnessify.Application.Push;
using Fitnessify.Domain.Push;

namespace Fitnessify.Application.Tests.Push;

/// <summary>Valid inputs of devices, each with an address of its own.</summary>
internal static class DeviceShapes
{
    private static readonly byte[] Point = NewPoint();

    /// <summary>Gets a public key in base64url without padding.</summary>
    public static string P256dh => Base64Url.EncodeToString(Point);

    /// <summary>Gets an authentication secret in base64url without padding.</summary>
    public static string Auth { get; } = OfBytes(WebPushKeys.AuthBytes);

    public static DeviceInput Browser(string? endpoint = null) =>
        new(PushPlatform.WebPush, endpoint ?? $"https://push.example.org/{Guid.NewGuid()}", P256dh, Auth);

    public static DeviceInput Android(string? token = null) =>
        new(PushPlatform.Fcm, Token: token ?? $"{Guid.NewGuid():N}:APA91b_{Guid.NewGuid()}");

    public static DeviceInput Iphone() => new(PushPlatform.Apns, Token: $"{Guid.NewGuid():N}{Guid.NewGuid():N}");

    /// <summary>Returns the base64url form of the public key after a change of its bytes.</summary>
    public static string ChangedKey(Func<byte[], byte[]> change) => Base64Url.EncodeToString(change([.. Point]));

    /// <summary>Returns the base64url form of so many bytes.</summary>
    public static string OfBytes(int count) =>
        Base64Url.EncodeToString([.. Enumerable.Range(1, count).Select(i => (byte)i)]);

    private static byte[] NewPoint()
    {
        using var key = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return [4, .. point.X!, .. point.Y!];
    }
}
