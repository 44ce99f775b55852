using Fitnessify.Application.Accounts;
using Fitnessify.Application.Identities;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Sessions;

namespace Fitnessify.Application.Tests.Identities;

/// <summary>What a sign-in by an identity does in every state of the account, with every kind of address in the token.</summary>
public sealed class IdentityMatrixTests : IdentityTests
{
    /// <summary>The state of the account; an account that was erased is no account again.</summary>
    public enum State
    {
        NoAccount,
        Unconfirmed,
        Confirmed,
        Disabled,
        MfaOn,
        WithoutAddress,
        Deleted,
    }

    /// <summary>The address in the token.</summary>
    public enum Address
    {
        Own,
        OfAnother,
        Unverified,
        None,
    }

    /// <summary>What comes of it.</summary>
    public enum Outcome
    {
        Created,
        SignedIn,
        NotLinked,
        IsDisabled,
        MfaRequired,
    }

    // The columns are the addresses in their order.
    private static readonly (State State, bool IsLinked, Outcome[] Outcomes)[] Rows =
    [
        (State.NoAccount, false, [Outcome.Created, Outcome.NotLinked, Outcome.Created, Outcome.Created]),
        (State.NoAccount, true, [Outcome.Created, Outcome.NotLinked, Outcome.Created, Outcome.Created]),
        (State.Unconfirmed, false, [Outcome.NotLinked, Outcome.NotLinked, Outcome.Created, Outcome.Created]),
        (State.Unconfirmed, true, [Outcome.SignedIn, Outcome.SignedIn, Outcome.SignedIn, Outcome.SignedIn]),
        (State.Confirmed, false, [Outcome.NotLinked, Outcome.NotLinked, Outcome.Created, Outcome.Created]),
        (State.Confirmed, true, [Outcome.SignedIn, Outcome.SignedIn, Outcome.SignedIn, Outcome.SignedIn]),
        (State.Disabled, false, [Outcome.NotLinked, Outcome.NotLinked, Outcome.Created, Outcome.Created]),
        (State.Disabled, true, [Outcome.IsDisabled, Outcome.IsDisabled, Outcome.IsDisabled, Outcome.IsDisabled]),
        (State.MfaOn, false, [Outcome.NotLinked, Outcome.NotLinked, Outcome.Created, Outcome.Created]),
        (State.MfaOn, true, [Outcome.MfaRequired, Outcome.MfaRequired, Outcome.MfaRequired, Outcome.MfaRequired]),
        (State.WithoutAddress, false, [Outcome.Created, Outcome.NotLinked, Outcome.Created, Outcome.Created]),
        (State.WithoutAddress, true, [Outcome.SignedIn, Outcome.SignedIn, Outcome.SignedIn, Outcome.SignedIn]),
        (State.Deleted, false, [Outcome.Created, Outcome.NotLinked, Outcome.Created, Outcome.Created]),
        (State.Deleted, true, [Outcome.Created, Outcome.NotLinked, Outcome.Created, Outcome.Created]),
    ];

    private static IEnumerable<(State State, bool IsLinked, Address Address, Outcome Outcome)> Cells() =>
        from row in Rows
        from cell in row.Outcomes.Select((outcome, column) => (Outcome: outcome, Address: (Address)column))
        select (row.State, row.IsLinked, cell.Address, cell.Outcome);

    private static IEnumerable<TestCaseData> Cases() =>
        Cells().Select(cell => new TestCaseData(cell.State, cell.IsLinked, cell.Address, cell.Outcome));

    [Test]
    public void Every_combination_has_one_cell() =>
        Assert.That(
            Cells().Select(cell => (cell.State, cell.IsLinked, cell.Address)),
            Is.EquivalentTo(
                from state in Enum.GetValues<State>()
                from isLinked in new[] { false, true }
                from address in Enum.GetValues<Address>()
                select (state, isLinked, address)
            )
        );

    [TestCaseSource(nameof(Cases))]
    public async Task Signs_in_registers_or_refuses(State state, bool isLinked, Address address, Outcome outcome)
    {
        var other = await SignUpAsync();
        var (account, own) = await ArrangeAsync(state, isLinked);
        var before = account is null ? null : await StoredAsync(account.Value);
        var signed = Tokens.Sign(
            Subject,
            address switch
            {
                Address.OfAnother => other.Email,
                Address.None => null,
                _ => own,
            },
            isVerified: address != Address.Unverified
        );
        var registrations = await RegistrationsAsync();

        var signedIn = await SendAsync(SignIn(signed));

        Assert.That(signedIn.Error?.Code, Is.EqualTo(CodeOf(outcome)));
        Assert.That(
            signedIn.Error?.Details?.ContainsKey("linkToken") ?? false,
            Is.EqualTo(outcome == Outcome.NotLinked)
        );
        Assert.That(await RegistrationsAsync() - registrations, Is.EqualTo(outcome == Outcome.Created ? 1 : 0));
        Assert.That(await Records.SessionsAsync(other.UserId), Is.Empty, "Another account has no part in it.");
        Assert.That(await Records.IdentitiesAsync(other.UserId), Is.Empty);
        var link = (await Records.LinksOfAsync(Subject)).SingleOrDefault();
        switch (outcome)
        {
            case Outcome.Created:
                await AssertCreatedAsync(signedIn.Value!, link!.OwnerId, address == Address.Own ? own : null);
                Assert.That(link.OwnerId, Is.Not.EqualTo(account));
                break;
            case Outcome.SignedIn:
                Assert.That((signedIn.Value!.IsNew, link!.OwnerId), Is.EqualTo((false, account!.Value)));
                var session = (await Records.SessionsAsync(account.Value)).Single();
                Assert.That(
                    (session.Id, session.IdentityId),
                    Is.EqualTo((signedIn.Value.Tokens.SessionId, (Guid?)link.Id))
                );
                break;
            default:
                Assert.That(link?.OwnerId, Is.EqualTo(isLinked && outcome != Outcome.NotLinked ? account : null));
                break;
        }

        if (account is not null && outcome != Outcome.SignedIn)
        {
            Assert.That(await StoredAsync(account.Value), Is.EqualTo(before), "The account is as it was.");
        }
    }

    private static string? CodeOf(Outcome outcome) =>
        outcome switch
        {
            Outcome.NotLinked => "identity_not_linked",
            Outcome.IsDisabled => "account_disabled",
            Outcome.MfaRequired => "mfa_required",
            _ => null,
        };

    private async Task AssertCreatedAsync(IdentitySignIn signedIn, Guid ownerId, string? address)
    {
        Assert.That(signedIn.IsNew, Is.True);
        var user = (await Records.UserAsync(ownerId))!;
        Assert.That((user.Email, user.EmailConfirmed), Is.EqualTo((address, address is not null)));
        Assert.That(
            (await Records.SessionsAsync(ownerId)).Select(session => session.Id),
            Is.EqualTo([signedIn.Tokens.SessionId])
        );
    }

    private async Task<int> RegistrationsAsync() =>
        (await Records.EventsFromAsync(Server.Caller.IpAddress)).Count(e => e.Type == AuditEventType.Registered);

    /// <summary>Creates the account.</summary>
    /// <returns>Its id, if it exists or existed, and its address, or one that would be its own.</returns>
    private async Task<(Guid? Id, string Own)> ArrangeAsync(State state, bool isLinked)
    {
        if (state == State.WithoutAddress)
        {
            var subject = isLinked ? Subject : FakeIdentityTokens.NewSubject();
            var session = await SignInByIdentityAsync(subject);
            await SaveAsync(
                (ISessionRepository sessions) => sessions.RevokeAll(session.OwnerId, SessionEnd.SignedOut, Now)
            );
            await Server.EraseSessionsAsync(session.OwnerId);
            Server.Caller.Session = null;
            return (session.OwnerId, NewAddress());
        }

        if (state == State.NoAccount && !isLinked)
        {
            return (null, NewAddress());
        }

        var account = await SignUpAsync(isConfirmed: state != State.Unconfirmed);
        if (isLinked)
        {
            await StoreAsync(account.UserId, Subject);
        }

        switch (state)
        {
            case State.Disabled:
                await ChangeAsync(account.UserId, row => row.Disable(Now));
                break;
            case State.MfaOn:
                await EnableMfaAsync(account.UserId);
                break;
            case State.Deleted or State.NoAccount:
                Server.Caller.Session = await Server.SignInAsync(account.UserId);
                Assert.That((await SendAsync(new DeleteMeCommand(Password))).Error, Is.Null);
                Server.Caller.Session = null;
                break;
        }

        if (state == State.NoAccount)
        {
            await Server.EraseAsync(account.UserId);
            return (null, account.Email!);
        }

        return (account.UserId, account.Email!);
    }

    private async Task<string> StoredAsync(Guid userId) =>
        $"{await Records.AccountAsync(userId)} {(await Records.SessionsAsync(userId)).Count} "
        + string.Join(' ', (await Records.IdentitiesAsync(userId)).Select(identity => identity.Id));
}
