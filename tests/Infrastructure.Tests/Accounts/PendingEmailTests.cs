using Fitnessify.Application.Maintenance;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Mail;
using Fitnessify.Infrastructure.Accounts;
using Fitnessify.Infrastructure.Mail;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Fitnessify.Infrastructure.Tests.Accounts;

/// <summary>Pending addresses: which account they belong to, and how mails find it.</summary>
public sealed class PendingEmailTests : IAsyncDisposable
{
    private readonly Instance _server = TestRun.Database.Start();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Test]
    public async Task A_pending_address_cannot_sign_in_and_replaces_the_current_one_when_confirmed()
    {
        var (user, address) = (await _server.SignUpAsync(), NewAddress());

        await ChangeAsync(user.Id, row => row.RequestEmailChange(address));

        Assert.That(await FindCredentialsAsync(address), Is.Null);
        var pending = await FindCredentialsAsync(user.Email!);
        Assert.That((pending!.PendingEmail, pending.EmailConfirmed), Is.EqualTo((address, false)));
        await ChangeAsync(user.Id, row => row.ConfirmEmail(address));
        var confirmed = await FindCredentialsAsync(address.ToUpperInvariant());
        Assert.That(
            (confirmed!.UserId, confirmed.Email, confirmed.PendingEmail, confirmed.EmailConfirmed),
            Is.EqualTo((user.Id, address, (string?)null, true))
        );
        Assert.That(await FindCredentialsAsync(user.Email!), Is.Null);
        Assert.That((await _server.SignUpAsync(Instance.NewName(), user.Email!)).Error, Is.Null, "It is free.");
    }

    [Test]
    public async Task Many_accounts_may_claim_an_address_and_the_first_to_confirm_gets_it()
    {
        var address = NewAddress();
        var (first, second) = (await RegisterAsync(address), await RegisterAsync(address.ToUpperInvariant()));

        Assert.That((await ChangeAsync(second, row => row.ConfirmEmail(address))).Error, Is.Null);
        var late = await ChangeAsync(first, row => row.ConfirmEmail(address));

        Assert.That(late.Error, Is.EqualTo(AccountErrors.EmailTaken));
        Assert.That((await FindCredentialsAsync(address))!.UserId, Is.EqualTo(second));
        Assert.That((await FindAsync(first))!.IsConfirmed, Is.False);
    }

    [Test]
    public async Task An_account_with_only_a_pending_address_has_a_placeholder_and_gets_mail_there()
    {
        var address = NewAddress();

        var id = await RegisterAsync(address);
        var user = (await FindAsync(id))!;

        Assert.That((user.Address, user.PendingAddress, user.IsConfirmed), Is.EqualTo((address, address, false)));
        var stored = await _server.UseAsync(
            (AppDbContext context) => context.Accounts.SingleAsync(row => row.Id == id)
        );
        Assert.That(stored.Email, Does.EndWith(".invalid"));
        Assert.That(await FindOwnerAsync(address), Is.Null);
    }

    [Test]
    public async Task A_real_address_that_resembles_a_placeholder_stays_an_address()
    {
        var name = Instance.NewName();
        var user = (await _server.SignUpAsync(name, $"{name}@pending.invalid")).Value!;

        Assert.That((await FindAsync(user.Id))!.Address, Is.EqualTo(user.Email));
    }

    [Test]
    public async Task Mail_recipients_are_found_by_id_and_by_address_in_any_case()
    {
        var user = await _server.SignUpAsync();
        var expected = new MailRecipient(user.Id, user.Email, user.Username, IsConfirmed: false, IsDisabled: false);

        Assert.That(await FindAsync(user.Id), Is.EqualTo(expected));
        Assert.That(await FindOwnerAsync(user.Email!.ToUpperInvariant()), Is.EqualTo(expected));
        Assert.That(await FindClaimantAsync(user.Email), Is.Null);
        Assert.That(await FindOwnerAsync(NewAddress()), Is.Null);
        Assert.That(await FindAsync(Guid.CreateVersion7()), Is.Null);
    }

    [Test]
    public async Task Mail_recipients_show_whether_they_are_confirmed_and_disabled()
    {
        var user = await _server.SignUpAsync();
        await _server.UseAsync(
            (AppDbContext context) =>
                context
                    .Accounts.Where(row => row.Id == user.Id)
                    .ExecuteUpdateAsync(set =>
                        set.SetProperty(row => row.EmailConfirmed, true)
                            .SetProperty(row => row.DisabledAt, _server.Clock.Now())
                    )
        );

        var found = await FindOwnerAsync(user.Email!);

        Assert.That((found!.IsConfirmed, found.IsDisabled), Is.EqualTo((true, true)));
    }

    [Test]
    public async Task Of_many_accounts_with_the_same_pending_address_the_newest_is_found()
    {
        var address = NewAddress();
        await RegisterAsync(address);
        _server.Clock.Advance(TimeSpan.FromSeconds(1));
        var newest = await RegisterAsync(address);

        var found = await FindClaimantAsync(address.ToUpperInvariant());

        Assert.That((found!.UserId, found.PendingAddress), Is.EqualTo((newest, address)));
    }

    [Test]
    public async Task Deleting_an_account_deletes_the_mails_requested_by_its_addresses()
    {
        // An underscore matches any character in a pattern, so it is escaped here.
        var (name, other) = (Instance.NewName(), NewAddress());
        var user = (await _server.SignUpAsync(name, $"a_{name}@example.org")).Value!;
        var pending = NewAddress();
        await ChangeAsync(user.Id, row => row.RequestEmailChange(pending));
        await QueueAsync(
            AccountMails.ResetPassword(user.Email!, _server.Clock.Now()),
            AccountMails.ConfirmEmail(user.Email!.ToUpperInvariant(), _server.Clock.Now()),
            AccountMails.ConfirmEmail(pending, _server.Clock.Now()),
            AccountMails.PasswordChanged(user.Id, _server.Clock.Now())
        );
        OutboxMail[] kept =
        [
            AccountMails.ResetPassword($"ab{name}@example.org", _server.Clock.Now()),
            AccountMails.ResetPassword(other, _server.Clock.Now()),
        ];
        await QueueAsync(kept);

        await ChangeAsync(user.Id, row => row.Delete(_server.Clock.GetUtcNow()));

        await _server.SendAsync(new EraseAccountsCommand());

        var left = await _server.UseAsync(
            (AppDbContext context) =>
                context
                    .OutboxMails.AsNoTracking()
                    .Where(mail =>
                        mail.UserId == user.Id
                        || mail.Address!.Contains(name)
                        || mail.Address == pending
                        || mail.Address == other
                    )
                    .Select(mail => mail.Id)
                    .ToListAsync()
        );
        Assert.That(left, Is.EquivalentTo(kept.Select(mail => mail.Id)));
    }

    private static string NewAddress() => $"{Instance.NewName()}@example.org";

    private async Task<Guid> RegisterAsync(string address)
    {
        await using var scope = _server.Services.CreateAsyncScope();
        var user = Account.Register(Instance.NewName(), address, "hash", _server.Clock.Now(), isEmailPending: true);
        scope.ServiceProvider.GetRequiredService<IAccountRepository>().Add(user);
        var saved = await scope.ServiceProvider.GetRequiredService<IUnitOfWork>().SaveChangesAsync(default);
        Assert.That(saved.Error, Is.Null);
        return user.Id;
    }

    private async Task QueueAsync(params OutboxMail[] mails)
    {
        await using var scope = _server.Services.CreateAsyncScope();
        Array.ForEach(mails, scope.ServiceProvider.GetRequiredService<IMailOutbox>().Add);
        await scope.ServiceProvider.GetRequiredService<IUnitOfWork>().SaveChangesAsync(default);
    }

    private Task<Result> ChangeAsync(Guid id, Action<Account> change) => _server.ChangeAsync(id, change);

    private Task<Credentials?> FindCredentialsAsync(string login) =>
        _server.UseAsync((IAccountRepository accounts) => accounts.FindCredentialsAsync(login, default));

    private Task<MailRecipient?> FindAsync(Guid id) =>
        _server.UseAsync((IMailRecipients recipients) => recipients.FindAsync(id, default));

    private Task<MailRecipient?> FindOwnerAsync(string address) =>
        _server.UseAsync((IMailRecipients recipients) => recipients.FindOwnerAsync(address, default));

    private Task<MailRecipient?> FindClaimantAsync(string address) =>
        _server.UseAsync((IMailRecipients recipients) => recipients.FindClaimantAsync(address, default));
}
