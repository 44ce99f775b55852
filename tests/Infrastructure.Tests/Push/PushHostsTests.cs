using Fitnessify.Domain.Push;
using Fitnessify.Infrastructure.Common;
using Fitnessify.Infrastructure.Push;

namespace Fitnessify.Infrastructure.Tests.Push;

public sealed class PushHostsTests
{
    [TestCase("https://fcm.googleapis.com/fcm/send/abc:def")]
    [TestCase("https://jmt17.google.com/fcm/send/abc")]
    [TestCase("https://updates.push.services.mozilla.com/wpush/v2/abc")]
    [TestCase("https://web.push.apple.com/abc")]
    [TestCase("https://wns2-par02p.notify.windows.com/w/?token=abc")]
    [TestCase("https://FCM.GoogleAPIs.com/fcm/send/abc")]
    [TestCase("HTTPS://fcm.googleapis.com/fcm/send/abc")]
    [TestCase("https://fcm.googleapis.com:443/fcm/send/abc")]
    public async Task The_services_of_browsers_are_allowed_by_default(string endpoint)
    {
        await using var server = TestRun.Database.Start();

        Assert.That(server.Get<IPushPlatforms>().AllowsEndpoint(endpoint), Is.True);
    }

    // Other hosts, some of which look alike.
    [TestCase("https://example.org/push")]
    [TestCase("https://googleapis.com/push")]
    [TestCase("https://evil.fcm.googleapis.com/push")]
    [TestCase("https://fcm.googleapis.com.evil.example/push")]
    [TestCase("https://evilpush.apple.com/push")]
    [TestCase("https://push.apple.com/push")]
    [TestCase("https://.push.apple.com/push")]
    [TestCase("https://fcm.googleapis.com./push")]
    [TestCase("https://web.push.apple.com./push")]
    [TestCase("https://fcm.googleаpis.com/push")]
    [TestCase("https://fcm。googleapis。com/push")]
    [TestCase("https://ｆcm.googleapis.com/push")]
    [TestCase("https://fcm.googleapis.com%00.evil.example/push")]
    [TestCase("https://evil.example/.push.apple.com")]
    [TestCase("https://evil.example?.push.apple.com")]
    [TestCase("https://evil.example#.push.apple.com")]
    [TestCase("https://evil.example\\.push.apple.com")]
    // Users.
    [TestCase("https://fcm.googleapis.com@evil.example/push")]
    [TestCase("https://user@fcm.googleapis.com/push")]
    [TestCase("https://user@fcm.googleapis.com@evil.example/push")]
    [TestCase("https://evil.example\\@fcm.googleapis.com/push")]
    [TestCase("https://@fcm.googleapis.com:80/push")]
    // Other schemes and ports.
    [TestCase("http://fcm.googleapis.com/push")]
    [TestCase("ftp://fcm.googleapis.com/push")]
    [TestCase("wss://fcm.googleapis.com/push")]
    [TestCase("//fcm.googleapis.com/push")]
    [TestCase("fcm.googleapis.com/push")]
    [TestCase("https://fcm.googleapis.com:8443/push")]
    [TestCase("https://fcm.googleapis.com:80/push")]
    // Addresses in all their forms.
    [TestCase("https://127.0.0.1/push")]
    [TestCase("https://127.1/push")]
    [TestCase("https://2130706433/push")]
    [TestCase("https://0x7f000001/push")]
    [TestCase("https://0x7f.1/push")]
    [TestCase("https://0177.0.0.1/push")]
    [TestCase("https://017700000001/push")]
    [TestCase("https://0/push")]
    [TestCase("https://10.0.0.1/push")]
    [TestCase("https://169.254.169.254/latest/meta-data")]
    [TestCase("https://8.8.8.8/push")]
    [TestCase("https://[::1]/push")]
    [TestCase("https://[::]/push")]
    [TestCase("https://[::ffff:127.0.0.1]/push")]
    [TestCase("https://[::ffff:7f00:1]/push")]
    [TestCase("https://[fe80::1%25eth0]/push")]
    [TestCase("https://[64:ff9b::7f00:1]/push")]
    [TestCase("https://[2002:7f00:1::]/push")]
    [TestCase("https://localhost/push")]
    [TestCase("http://localhost:8080/push")]
    [TestCase("https://loopback/push")]
    [TestCase("file:///etc/passwd")]
    [TestCase("https://")]
    [TestCase("https:///push")]
    [TestCase("")]
    public void Nothing_else_is_allowed(string endpoint) =>
        Assert.That(Hosts(isDevelopment: true, PushOptions.BrowserHosts).Allows(endpoint), Is.False);

    [TestCase("https://ntfy.sh/up", true)]
    [TestCase("https://a.example.org/up", true)]
    [TestCase("https://a.b.example.org/up", true)]
    [TestCase("https://example.org/up", false)]
    [TestCase("https://aexample.org/up", false)]
    [TestCase("https://fcm.googleapis.com/up", false)]
    public void The_setting_replaces_the_default(string endpoint, bool isAllowed) =>
        Assert.That(Hosts(false, "ntfy.sh", "*.Example.org").Allows(endpoint), Is.EqualTo(isAllowed));

    [TestCase("localhost", "http://localhost:8080/push", true)]
    [TestCase("localhost", "https://localhost/push", true)]
    [TestCase("LocalHost", "http://LOCALHOST:8080/push", true)]
    [TestCase("127.0.0.1", "http://127.0.0.1:8080/push", true)]
    [TestCase("::1", "http://[::1]:8080/push", true)]
    [TestCase("localhost", "http://127.0.0.1:8080/push", false)]
    [TestCase("127.0.0.1", "http://127.0.0.2:8080/push", false)]
    [TestCase("127.0.0.1", "http://[::ffff:127.0.0.1]:8080/push", false)]
    [TestCase("localhost", "http://a.localhost:8080/push", false)]
    [TestCase("localhost", "http://fcm.googleapis.com/push", false)]
    [TestCase("localhost", "ftp://localhost/push", false)]
    [TestCase("localhost", "file://localhost/etc/passwd", false)]
    [TestCase("localhost", "http://user@localhost:8080/push", false)]
    public void A_developer_may_name_this_machine(string host, string endpoint, bool isAllowed)
    {
        var hosts = Hosts(isDevelopment: true, host);

        Assert.That(hosts.AllowsThisMachine, Is.True);
        Assert.That(hosts.Allows(endpoint), Is.EqualTo(isAllowed));
    }

    [Test]
    public void This_machine_is_not_allowed_unless_it_is_named() =>
        Assert.That(Hosts(isDevelopment: true, "*.localhost", "ntfy.sh").AllowsThisMachine, Is.False);

    [TestCase("localhost")]
    [TestCase("Localhost")]
    [TestCase("127.0.0.1")]
    [TestCase("::1")]
    public void Elsewhere_this_machine_stops_the_startup(string host) =>
        Assert.That(
            () => Hosts(false, "ntfy.sh", host),
            Throws
                .TypeOf<SettingsException>()
                .With.Message.EqualTo(
                    $"Push:AllowedHosts:1: '{host}' is this machine, which is for Development; remove it."
                )
        );

    [TestCase("")]
    [TestCase(" ")]
    [TestCase("*")]
    [TestCase("*.")]
    [TestCase("a.*.org")]
    [TestCase("*.*.org")]
    [TestCase("https://ntfy.sh")]
    [TestCase("ntfy.sh/up")]
    [TestCase("ntfy.sh:443")]
    [TestCase("ntfy.sh:8443")]
    [TestCase("me@ntfy.sh")]
    [TestCase("ntfy.sh?")]
    [TestCase("ntfy.sh#")]
    [TestCase("ntfy.sh.")]
    [TestCase(".ntfy.sh")]
    [TestCase(" ntfy.sh")]
    [TestCase("ntfy sh")]
    [TestCase("bücher.example")]
    [TestCase("127.0.0.2")]
    [TestCase("127.1")]
    [TestCase("2130706433")]
    [TestCase("0x7f.1")]
    [TestCase("8.8.8.8")]
    [TestCase("[::1]")]
    [TestCase("fe80::1")]
    [TestCase("*.127.0.0.1")]
    [TestCase("*.0.1")]
    [TestCase("*.1")]
    [TestCase("*.0x1")]
    [TestCase("*.localhost:80")]
    public void What_is_no_host_stops_the_startup(string host) =>
        Assert.That(
            async () =>
            {
                await using var server = TestRun.Database.Start(
                    ("Push:AllowedHosts:0", "ntfy.sh"),
                    ("Push:AllowedHosts:1", host)
                );
            },
            Throws
                .TypeOf<SettingsException>()
                .With.Message.EqualTo(
                    $"Push:AllowedHosts:1: '{host}' is no host; use a name such as ntfy.sh, or *.example.org for all below it."
                )
        );

    private static PushHosts Hosts(bool isDevelopment, params string[] allowed) =>
        new(new PushOptions { AllowedHosts = allowed }, isDevelopment);
}
