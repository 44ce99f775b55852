using Fitnessify.Application.Mail;
using Fitnessify.Domain.Mail;
using Fitnessify.Infrastructure.Mail;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Fitnessify.Testing;

/// <summary>Calls of the tests of mailed links.</summary>
internal static class AccountLinks
{
    public const string Confirm = "/api/v1/auth/email/confirm";
    public const string Resend = "/api/v1/auth/email/confirmation";
    public const string Forgot = "/api/v1/auth/password/forgot";
    public const string Reset = "/api/v1/auth/password/reset";
    public const string Email = "/api/v1/users/me/email";
    public const string NewPassword = "Copper-Lantern-58-Orchard";

    /// <summary>Sends due mails and returns all mails to this address, oldest first.</summary>
    public static async Task<IReadOnlyList<ReceivedMail>> MailsToAsync(this Api api, string address)
    {
        await api.SendMailsAsync();
        return [.. new MailFolder(api.MailFolder).Read().Where(mail => mail.To == address)];
    }

    /// <summary>Returns the mailed links to a page.</summary>
    public static async Task<IReadOnlyList<Link>> LinksToAsync(this Api api, string address, string page) =>
        [.. from mail in await api.MailsToAsync(address) where mail.Link?.Page == page select mail.Link];

    /// <summary>Requests a password reset and returns the mailed link.</summary>
    public static async Task<Link> ForgottenAsync(this Api api, string typed, string? address = null)
    {
        address ??= typed;
        var before = await api.LinksToAsync(address, Link.ResetPassword);
        using var response = await api.Anonymous().PostAsync(Forgot, new { email = typed });
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("202"));
        var links = await api.LinksToAsync(address, Link.ResetPassword);
        return links.Except(before).Single();
    }

    /// <summary>Opens the link that confirms an address, presses the button, and returns the outcome.</summary>
    public static async Task<string> ConfirmAsync(this Api api, Link link)
    {
        using var response = await api.Anonymous().PostAsync(Confirm, link.Values);
        return await response.OutcomeAsync();
    }

    /// <summary>Creates a signed-in user with a confirmed address.</summary>
    public static async Task<ApiClient> ConfirmedAsync(this Api api)
    {
        var client = await api.SignedInAsync();
        var link = (await api.LinksToAsync(client.Person.Email, Link.ConfirmEmail)).Single();
        Assert.That(await api.ConfirmAsync(link), Is.EqualTo("204"));
        return client;
    }

    /// <summary>Opens the link that sets a password and returns the outcome.</summary>
    public static async Task<string> ResetAsync(this Api api, Link link, string newPassword = NewPassword)
    {
        using var response = await api.PostResetAsync(link, newPassword);
        return await response.OutcomeAsync();
    }

    /// <summary>Opens the link that sets a password and returns the response.</summary>
    public static Task<HttpResponseMessage> PostResetAsync(this Api api, Link link, string newPassword = NewPassword) =>
        api.Anonymous()
            .PostAsync(
                Reset,
                new
                {
                    email = link.Values["email"],
                    token = link.Token,
                    newPassword,
                }
            );

    // The job sends mails too, so this waits for what it has taken.
    private static async Task SendMailsAsync(this Api api)
    {
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var isPending = true;
        while (isPending)
        {
            await using var scope = api.Services.CreateAsyncScope();
            var sent = await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new SendMailsCommand());
            Assert.That(sent.IsSuccess, Is.True);
            await api.InDatabaseAsync(async context =>
                isPending = await context.OutboxMails.AnyAsync(mail =>
                    mail.Status == OutboxStatus.Pending
                    // This waits until the sign-in time of the address has passed.
                    && mail.Kind != MailKind.SignInNotCompleted
                )
            );
            if (isPending)
            {
                await pace.WaitForNextTickAsync(timeout.Token);
            }
        }
    }
}
