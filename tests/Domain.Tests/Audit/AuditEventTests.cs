using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Auth;
using Moq;

namespace Fitnessify.Domain.Tests.Audit;

public sealed class AuditEventTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 14, 15, 9, 26, TimeSpan.Zero);
    private static readonly Guid User = Guid.NewGuid();
    private static readonly Guid Session = Guid.NewGuid();
    private static readonly IClient Client = Mock.Of<IClient>(client =>
        client.IpAddress == "192.0.2.7" && client.SessionId == Guid.NewGuid()
    );

    [Test]
    public void An_action_of_a_user_succeeds_on_their_own_account()
    {
        var recorded = AuditEvent.Of(AuditEventType.SignedIn, User, Client, Now, Session, "Pixel 9");

        Assert.That(
            Members(recorded),
            Is.EqualTo(
                (AuditEventType.SignedIn, AuditOutcome.Succeeded, User, User, Session, "192.0.2.7", "Pixel 9", Now)
            )
        );
    }

    [Test]
    public void A_refused_action_records_actor_and_subject()
    {
        var actor = Guid.NewGuid();

        var recorded = AuditEvent.Refused(
            AuditEventType.ReauthenticationFailed,
            actor,
            User,
            Client,
            Now,
            Session,
            "Pixel 9"
        );

        Assert.That(
            Members(recorded),
            Is.EqualTo(
                (
                    AuditEventType.ReauthenticationFailed,
                    AuditOutcome.Failed,
                    actor,
                    User,
                    Session,
                    "192.0.2.7",
                    "Pixel 9",
                    Now
                )
            )
        );
    }

    [Test]
    public void A_refused_action_may_have_no_actor_subject_or_session()
    {
        var recorded = AuditEvent.Refused(AuditEventType.SignInFailed, null, null, Client, Now);

        Assert.That(
            (recorded.ActorId, recorded.SubjectId, recorded.SessionId, recorded.Device),
            Is.EqualTo(((Guid?)null, (Guid?)null, (Guid?)null, (string?)null))
        );
    }

    [Test]
    public void The_last_event_of_an_account_contains_neither_address_nor_device()
    {
        var recorded = AuditEvent.OfDeleted(User, Now);

        Assert.That(
            Members(recorded),
            Is.EqualTo(
                (
                    AuditEventType.AccountDeleted,
                    AuditOutcome.Succeeded,
                    User,
                    User,
                    (Guid?)null,
                    (string?)null,
                    (string?)null,
                    Now
                )
            )
        );
    }

    [Test]
    public void Events_have_unique_ids_that_sort_by_time()
    {
        var first = AuditEvent.OfDeleted(User, Now).Id;
        var second = AuditEvent.OfDeleted(User, Now).Id;
        var later = AuditEvent.OfDeleted(User, Now.AddMilliseconds(1)).Id;

        Assert.That(first, Is.Not.EqualTo(second));
        Assert.That(first.Version, Is.EqualTo(7));
        Assert.That(later, Is.GreaterThan(first).And.GreaterThan(second));
    }

    [Test]
    public void Stored_names_are_never_renamed()
    {
        string[] types =
        [
            "Registered",
            "SignedIn",
            "SignInFailed",
            "SignedOut",
            "SessionEnded",
            "RefreshReused",
            "ReauthenticationFailed",
            "UsernameChanged",
            "PasswordChanged",
            "AccountDeleted",
        ];

        Assert.That(types, Is.SubsetOf(Enum.GetNames<AuditEventType>()));
        Assert.That(new[] { "Succeeded", "Failed" }, Is.SubsetOf(Enum.GetNames<AuditOutcome>()));
    }

    private static (AuditEventType, AuditOutcome, Guid?, Guid?, Guid?, string?, string?, DateTimeOffset) Members(
        AuditEvent recorded
    ) =>
        (
            recorded.Type,
            recorded.Outcome,
            recorded.ActorId,
            recorded.SubjectId,
            recorded.SessionId,
            recorded.IpAddress,
            recorded.Device,
            recorded.At
        );
}
