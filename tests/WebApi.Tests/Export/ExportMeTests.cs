using System.Text.Json;
using Fitnessify.Domain.Accounts;

namespace Fitnessify.WebApi.Tests.Export;

public sealed class ExportMeTests
{
    [Test]
    public async Task Exports_all_stored_data_without_secrets()
    {
        var phone = await Api.Shared.SignedInAsync(device: "Phone");
        var tablet = await Api.Shared.SignedInAsync(phone.Person, "Tablet");
        using var logout = await tablet.PostAsync(ApiClient.Logout);
        var (kept, trashed) = (await phone.CreatedAsync(), await phone.CreatedAsync("""{"title":"Swim"}"""));
        await phone.TrashedAsync(trashed);
        var stranger = await Api.Shared.SignedInAsync();
        await stranger.CreatedAsync("""{"title":"Not mine"}""");

        var export = await ExportAsync(phone);

        Assert.That(export.GetProperty("user").Text("email"), Is.EqualTo(phone.Person.Email));
        Assert.That(Texts(export, "sessions", "device"), Is.EqualTo(["Phone", "Tablet"]));
        Assert.That(Texts(export, "sessions", "revokedReason"), Is.EqualTo([null, "signedOut"]));
        Assert.That(
            Texts(export, "securityEvents", "type"),
            Is.EqualTo(["registered", "signedIn", "signedIn", "signedOut", "dataExported"])
        );
        Assert.That(Texts(export, "tasks", "id"), Is.EqualTo([kept.Text("id"), trashed.Text("id")]));
        Assert.That(Texts(export, "tasks", "deletedAt"), Has.One.Null.And.Exactly(2).Items);
        foreach (var secret in (string[])[phone.Person.Password, "hash", "stamp", "counter", "normalized", "Not mine"])
        {
            Assert.That(export.ToString(), Does.Not.Contain(secret).IgnoreCase);
        }
    }

    [Test]
    public async Task Exports_when_the_second_factor_was_turned_on_without_its_secrets()
    {
        var client = await Api.Shared.SignedInAsync();
        var before = (await ExportAsync(client)).GetProperty("mfa");
        var (app, codes) = await client.EnabledAsync(TimeProvider.System);

        var export = await ExportAsync(client, app.Code(1));

        var mfa = export.GetProperty("mfa");
        Assert.That(before.ToString(), Is.EqualTo("""{"enabled":false,"enabledAt":null,"recoveryCodesLeft":0}"""));
        Assert.That(mfa.GetProperty("enabled").GetBoolean(), Is.True);
        Assert.That(mfa.Text("enabledAt"), Does.EndWith("Z"));
        Assert.That(mfa.GetProperty("recoveryCodesLeft").GetInt32(), Is.EqualTo(10));
        foreach (var secret in (string[])[app.Secret, .. codes])
        {
            Assert.That(export.ToString(), Does.Not.Contain(secret));
        }
    }

    [Test]
    public async Task Exports_the_actions_of_an_admin_on_others_but_never_the_address_of_an_admin()
    {
        var (admin, user) = (await Api.Shared.SignedInAsAsync(Roles.Admin), await Api.Shared.SignedInAsync());
        var id = await user.IdAsync();
        await admin.ActAsync("roles", id, "support");

        var byAdmin = await ExportAsync(admin);
        var ofUser = await ExportAsync(user);

        var recorded = byAdmin.GetProperty("securityEvents").EnumerateArray().Last();
        Assert.That((recorded.Text("type"), recorded.Text("subjectId")), Is.EqualTo(("rolesChanged", $"{id}")));
        Assert.That(recorded.Text("ipAddress"), Is.Not.Null);
        var seen = ofUser.GetProperty("securityEvents").EnumerateArray().Single(e => e.Text("type") == "rolesChanged");
        Assert.That((seen.Text("ipAddress"), seen.Text("sessionId")), Is.EqualTo(((string?)null, (string?)null)));
    }

    [TestCase("Wrong-Kettle-93-Umbrella", "403 reauthentication_failed")]
    [TestCase("", "400 validation_failed")]
    public async Task Requires_the_password(string password, string outcome)
    {
        var client = await Api.Shared.SignedInAsync();
        using var response = await client.PostAsync(AdminCalls.Export, new { password });
        Assert.That(await response.OutcomeAsync(), Is.EqualTo(outcome));
    }

    private static async Task<JsonElement> ExportAsync(ApiClient client, string? code = null)
    {
        using var response = await client.PostAsync(AdminCalls.Export, new { password = client.Person.Password, code });
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("200"));
        return await response.JsonAsync();
    }

    private static IEnumerable<string?> Texts(JsonElement export, string list, string member) =>
        export.GetProperty(list).EnumerateArray().Select(item => item.GetProperty(member).GetString());
}
