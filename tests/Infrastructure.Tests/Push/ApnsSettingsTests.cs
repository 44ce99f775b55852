using Fitnessify.Domain.Push;
using Fitnessify.Infrastructure.Common;
using Microsoft.Extensions.Time.Testing;

namespace Fitnessify.Infrastructure.Tests.Push;

public sealed class ApnsSettingsTests : IDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.p8");

    [SetUp]
    public void WriteKey()
    {
        using var key = SigningKey.Ec("1");
        File.WriteAllText(_file, key.PrivatePem());
    }

    public void Dispose() => File.Delete(_file);

    [Test]
    public async Task Without_settings_APNs_is_off()
    {
        await using var sender = new PushSender(new FakeTimeProvider(), []);

        Assert.That(sender.Platforms, Is.Empty);
    }

    [Test]
    public async Task With_its_settings_APNs_is_on()
    {
        await using var sender = Start();

        Assert.That(sender.Platforms, Is.EqualTo([PushPlatform.Apns]));
    }

    [TestCase("KeyPath")]
    [TestCase("KeyId")]
    [TestCase("TeamId")]
    [TestCase("Topic")]
    public void A_missing_setting_stops_the_start(string missing) =>
        Refuses(missing, "", "is needed with the other three of KeyPath, KeyId, TeamId, Topic.");

    [TestCase("org example")]
    [TestCase("org.example.fitness/ify")]
    [TestCase("org.example\r\nx: y")]
    [TestCase("örg.example")]
    public void A_wrong_topic_stops_the_start(string topic) =>
        Refuses(
            "Topic",
            topic,
            "not a bundle id; use letters, digits, hyphens and periods, for instance org.example.fitnessify."
        );

    [TestCase("http://api.push.apple.com", "would send tokens in the clear; use https")]
    [TestCase("api.push.apple.com", "not the URL of the service; use an absolute http or https URL without query")]
    public void A_wrong_URL_stops_the_start(string url, string problem) =>
        Refuses("Url", url, $"{problem}, for instance https://api.push.apple.com.");

    [TestCase("https://api.sandbox.push.apple.com")]
    [TestCase("http://127.0.0.1:9000")]
    public void A_URL_is_https_or_on_this_machine(string url) => Assert.That(() => Start(("Url", url)), Throws.Nothing);

    [Test]
    public void Another_file_stops_the_start()
    {
        const string problem =
            "cannot be used; give the file that Apple hands out, a PEM file (PKCS #8) with an EC key on P-256.";
        Refuses("KeyPath", Path.GetTempPath(), problem);
        Refuses("KeyPath", _file + ".missing", problem);
        File.WriteAllText(_file, "hunter2");
        Refuses("KeyPath", _file, problem);
    }

    private void Refuses(string name, string value, string problem) =>
        Assert.That(
            () => Start((name, value)),
            Throws.TypeOf<SettingsException>().With.Message.EqualTo($"Push:Apns:{name}: {problem}")
        );

    private PushSender Start(params (string Name, string Value)[] changes)
    {
        Dictionary<string, string?> settings = new()
        {
            ["Push:Apns:KeyPath"] = _file,
            ["Push:Apns:KeyId"] = "KEY",
            ["Push:Apns:TeamId"] = "TEAM",
            ["Push:Apns:Topic"] = "org.example.fitnessify-2",
        };
        foreach (var (name, value) in changes)
        {
            settings[$"Push:Apns:{name}"] = value;
        }

        return new PushSender(new FakeTimeProvider(), settings);
    }
}
