using Fitnessify.Domain.Accounts;

namespace Fitnessify.WebApi.Tests.Admin;

public sealed class ResetMfaTests
{
    [Test]
    public async Task Lets_a_user_without_the_factor_sign_in_again_and_notifies_them()
    {
        var (admin, user) = (await Api.Shared.SignedInAsAsync(Roles.Admin), await Api.Shared.ConfirmedAsync());
        await user.EnabledAsync(TimeProvider.System);
        var id = await user.IdAsync();
        Assert.That(await IsEnabledAsync(admin, id), Is.True);

        Assert.That(await admin.ActAsync("reset-mfa", id), Is.EqualTo("204"));
        Assert.That(await admin.ActAsync("reset-mfa", id), Is.EqualTo("204"), "A retry changes nothing.");

        Assert.That(await IsEnabledAsync(admin, id), Is.False);
        await user.SignInAsync(user.Person);
        var mfa = await user.ReadJsonAsync(MfaCalls.Mfa);
        Assert.That(mfa.ToString(), Is.EqualTo("""{"enabled":false,"recoveryCodesLeft":0}"""));
        var events = (await user.ReadJsonAsync(ApiClient.Events)).Items().ToList();
        var resets = events.Where(item => item.Text("type") == "mfaReset").ToList();
        Assert.That(resets.Select(item => item.Text("actorId")), Is.All.EqualTo($"{await admin.IdAsync()}"));
        Assert.That(resets, Has.Count.EqualTo(2));
        var mails = await Api.Shared.MailsToAsync(user.Person.Email);
        Assert.That(
            mails.Select(mail => mail.Subject),
            Has.Exactly(1).EqualTo("The second factor of your account is off")
        );
        await user.EnabledAsync(TimeProvider.System);
    }

    [Test]
    public async Task Removes_passkeys_that_may_be_stored_on_the_lost_device()
    {
        var (admin, user) = (await Api.Shared.SignedInAsAsync(Roles.Admin), await Api.Shared.SignedInAsync());
        using var authenticator = PasskeyCalls.Authenticator();
        using var added = await user.AddPasskeyAsync(authenticator);
        Assert.That(await added.OutcomeAsync(), Is.EqualTo("201"));

        Assert.That(await admin.ActAsync("reset-mfa", await user.IdAsync()), Is.EqualTo("204"));

        using var refused = await Api.Shared.Anonymous().LoginWithPasskeyAsync(authenticator);
        Assert.That(await refused.OutcomeAsync(), Is.EqualTo("401 passkey_invalid"));
    }

    [Test]
    public async Task Fails_with_not_found_for_an_unknown_user()
    {
        var admin = await Api.Shared.SignedInAsAsync(Roles.Admin);
        Assert.That(await admin.ActAsync("reset-mfa", Guid.NewGuid()), Is.EqualTo("404 not_found"));
    }

    [Test]
    public async Task Changes_nothing_when_it_is_refused()
    {
        await Api.Shared.AddRoleAsync("resetter", Permissions.ReadUsers, Permissions.ManageUsers);
        var (warden, admin) = (
            await Api.Shared.SignedInAsAsync("resetter"),
            await Api.Shared.SignedInAsAsync(Roles.Admin)
        );
        var (app, _) = await admin.EnabledAsync(TimeProvider.System);
        var challengeToken = await admin.ChallengeTokenAsync(admin.Person);

        Assert.That(await warden.ActAsync("reset-mfa", await admin.IdAsync()), Is.EqualTo("403 permission_denied"));

        var mfa = await admin.ReadJsonAsync(MfaCalls.Mfa);
        Assert.That(mfa.ToString(), Is.EqualTo("""{"enabled":true,"recoveryCodesLeft":10}"""));
        Assert.That(await admin.OutcomeOfVerifyAsync(challengeToken, app.Code(1)), Is.EqualTo("200"));
    }

    private static async Task<bool> IsEnabledAsync(ApiClient admin, Guid id) =>
        (await admin.ReadJsonAsync($"{AdminCalls.Users}/{id}")).GetProperty("mfaEnabled").GetBoolean();
}
