using System.Text.Json;

namespace Fitnessify.Infrastructure.Tests.Push;

/// <summary>A key file of a service account that is changed for a test.</summary>
internal sealed class FcmKeyFile : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.json");

    public FcmKeyFile(string text) => File.WriteAllText(_path, text);

    public FcmKeyFile(IReadOnlyDictionary<string, string> account)
        : this(JsonSerializer.Serialize(account)) { }

    public KeyValuePair<string, string?> Setting => new("Push:Fcm:ServiceAccountPath", _path);

    public void Dispose() => File.Delete(_path);
}
