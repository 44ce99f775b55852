using Fitnessify.Domain.Mail;

namespace Fitnessify.Domain.Tests.Mail;

public sealed class OutboxMailTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 14, 15, 9, 26, TimeSpan.Zero);
    private static readonly Dictionary<string, string> Data = new() { ["title"] = "Run" };

    [Test]
    public void A_finished_mail_belongs_to_its_recipient()
    {
        var (requester, owner) = (Guid.NewGuid(), Guid.NewGuid());
        var mail = AccountMails.ConfirmEmail(requester, Now);

        mail.GoesTo(owner);
        mail.Failed("no answer", Now);
        Assert.That(mail.UserId, Is.EqualTo(requester), "A retry still belongs to the requester.");

        mail.Sent(Now);
        Assert.That(mail.UserId, Is.EqualTo(owner));
    }

    [Test]
    public void A_mail_to_an_account_is_due_at_once()
    {
        var user = Guid.NewGuid();

        var mail = OutboxMail.ToUser(MailKind.TasksDue, user, Data, Now);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(mail.Id.Version, Is.EqualTo(7));
            Assert.That((mail.UserId, mail.Address), Is.EqualTo(((Guid?)user, (string?)null)));
            Assert.That(mail.Data, Is.EqualTo(Data));
            Assert.That((mail.CreatedAt, mail.NextAttemptAt), Is.EqualTo((Now, Now)));
            Assert.That((mail.Status, mail.FinishedAt), Is.EqualTo((OutboxStatus.Pending, (DateTimeOffset?)null)));
            Assert.That((mail.Attempts, mail.LastError), Is.EqualTo((0, (string?)null)));
        }
    }

    [Test]
    public void A_mail_to_an_address_is_due_at_its_time()
    {
        var mail = OutboxMail.ToAddress(MailKind.TasksDue, "a@example.org", Data, Now, Now.AddHours(2));

        using (Assert.EnterMultipleScope())
        {
            Assert.That((mail.UserId, mail.Address), Is.EqualTo(((Guid?)null, "a@example.org")));
            Assert.That((mail.CreatedAt, mail.NextAttemptAt), Is.EqualTo((Now, Now.AddHours(2))));
        }
    }

    [TestCase(OutboxMail.DataMaxLength, true)]
    [TestCase(OutboxMail.DataMaxLength + 1, false)]
    public void The_data_of_a_mail_has_a_maximum_length(int length, bool fits) =>
        Assert.That(
            () =>
                OutboxMail.ToUser(
                    MailKind.TasksDue,
                    Guid.NewGuid(),
                    new Dictionary<string, string> { ["title"] = new('x', length - "title".Length) },
                    Now
                ),
            fits ? Throws.Nothing : Throws.InstanceOf<ArgumentOutOfRangeException>()
        );

    [Test]
    public void A_failed_mail_is_retried_after_delays_that_double_up_to_an_hour()
    {
        var mail = New();
        List<double> pauses = [];
        for (var i = 0; i < 12; i++)
        {
            mail.Failed("ConnectionRefused", Now);
            pauses.Add((mail.NextAttemptAt - Now).TotalSeconds);
        }

        Assert.That(pauses, Is.EqualTo([10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600, 3600, 3600]));
        Assert.That((mail.Attempts, mail.LastError), Is.EqualTo((12, "ConnectionRefused")));
    }

    [Test]
    public void The_retry_delay_has_a_maximum_after_any_number_of_failures()
    {
        var mail = New();
        for (var i = 0; i < 3000; i++)
        {
            mail.Failed("ConnectionRefused", Now);
        }

        Assert.That(mail.NextAttemptAt, Is.EqualTo(Now.AddHours(1)));
    }

    [TestCase(-1, OutboxStatus.Pending)]
    [TestCase(0, OutboxStatus.GivenUp)]
    [TestCase(1, OutboxStatus.GivenUp)]
    public void A_mail_that_fails_after_three_days_is_abandoned(int milliseconds, OutboxStatus expected)
    {
        var mail = New();
        var late = Now.AddDays(3).AddMilliseconds(milliseconds);

        mail.Failed("ConnectionRefused", late);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(mail.Status, Is.EqualTo(expected));
            Assert.That(mail.FinishedAt, Is.EqualTo(expected == OutboxStatus.GivenUp ? late : null));
            Assert.That((mail.Attempts, mail.LastError), Is.EqualTo((1, "ConnectionRefused")));
        }
    }

    [Test]
    public void A_mail_is_retried_until_the_third_day_is_over()
    {
        var mail = New();
        while (mail.Status == OutboxStatus.Pending)
        {
            mail.Failed("ConnectionRefused", mail.NextAttemptAt);
        }

        Assert.That(mail.FinishedAt, Is.GreaterThanOrEqualTo(Now.AddDays(3)).And.LessThan(Now.AddDays(3).AddHours(1)));
    }

    [Test]
    public void A_mail_that_no_retry_can_deliver_is_abandoned_at_once()
    {
        var mail = New();

        mail.GiveUp("550 MailboxUnavailable", Now);

        Assert.That(
            (mail.Status, mail.FinishedAt, mail.Attempts, mail.LastError),
            Is.EqualTo((OutboxStatus.GivenUp, (DateTimeOffset?)Now, 1, "550 MailboxUnavailable"))
        );
    }

    [Test]
    public void A_mail_that_may_have_arrived_is_tried_three_times()
    {
        var mail = New();
        List<(OutboxStatus, int)> outcomes = [];
        for (var i = 0; i < 3; i++)
        {
            mail.Unanswered("no answer", Now);
            outcomes.Add((mail.Status, (int)(mail.NextAttemptAt - Now).TotalSeconds));
        }

        Assert.That(
            outcomes,
            Is.EqualTo([(OutboxStatus.Pending, 10), (OutboxStatus.Pending, 20), (OutboxStatus.GivenUp, 20)])
        );
        Assert.That(
            (mail.FinishedAt, mail.Attempts, mail.LastError),
            Is.EqualTo(((DateTimeOffset?)Now, 3, "no answer"))
        );
    }

    [Test]
    public void A_mail_that_may_have_arrived_only_once_is_tried_again_whatever_has_failed_before()
    {
        var mail = New();
        for (var i = 0; i < 5; i++)
        {
            mail.Failed("ConnectionRefused", Now);
        }

        mail.Unanswered("no answer", Now);
        Assert.That(mail.Status, Is.EqualTo(OutboxStatus.Pending));

        mail.Unanswered("no answer", Now);
        Assert.That(mail.Status, Is.EqualTo(OutboxStatus.GivenUp));
    }

    [Test]
    public void A_sent_mail_clears_its_last_error()
    {
        var mail = New();
        mail.Failed("ConnectionRefused", Now);

        mail.Sent(Now.AddSeconds(10));

        Assert.That(
            (mail.Status, mail.FinishedAt, mail.Attempts, mail.LastError),
            Is.EqualTo((OutboxStatus.Sent, (DateTimeOffset?)Now.AddSeconds(10), 2, (string?)null))
        );
    }

    [Test]
    public void Dropping_a_mail_does_not_count_as_an_attempt()
    {
        var mail = New();

        mail.Drop(Now);

        Assert.That(
            (mail.Status, mail.FinishedAt, mail.Attempts),
            Is.EqualTo((OutboxStatus.Dropped, (DateTimeOffset?)Now, 0))
        );
    }

    [Test]
    public void Postponing_a_mail_does_not_count_as_an_attempt()
    {
        var mail = New();
        Assert.That(mail.PostponedFrom, Is.Null);
        mail.Claim(Now.AddMinutes(2));

        mail.Postpone(Now.AddHours(9));

        Assert.That(mail.PostponedFrom, Is.EqualTo(Now.AddMinutes(2)));
        Assert.That(
            (mail.Status, mail.NextAttemptAt, mail.Attempts),
            Is.EqualTo((OutboxStatus.Pending, Now.AddHours(9), 0))
        );
    }

    [TestCase(199, 199)]
    [TestCase(200, 200)]
    [TestCase(201, 200)]
    [TestCase(500, 200)]
    public void A_long_error_is_truncated(int length, int kept)
    {
        var mail = New();

        mail.Failed(new string('x', length), Now);

        Assert.That(mail.LastError, Is.EqualTo(new string('x', kept)));
    }

    [Test]
    public void Only_a_mail_that_is_not_about_the_account_can_wait([Values] MailKind kind) =>
        Assert.That(OutboxMail.ToUser(kind, Guid.NewGuid(), Data, Now).CanWait, Is.EqualTo(kind == MailKind.TasksDue));

    private static OutboxMail New() => OutboxMail.ToUser(MailKind.TasksDue, Guid.NewGuid(), Data, Now);
}
