using Fitnessify.Domain.Mail;

namespace Fitnessify.Domain.Tests.Mail;

public sealed class OutboxMailTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 14, 15, 9, 26, TimeSpan.Zero);
    private static readonly Dictionary<string, string> Data = new() { ["title"] = "Run" };

    [Test]
    public void Belongs_to_whom_it_went_to_once_it_is_finished_and_not_before()
    {
        var (asked, owner) = (Guid.NewGuid(), Guid.NewGuid());
        var mail = AccountMails.ConfirmEmail(asked, Now);

        mail.GoesTo(owner);
        mail.Failed("no answer", Now);
        Assert.That(mail.UserId, Is.EqualTo(asked), "Another attempt asks for whom it was meant.");

        mail.Sent(Now);
        Assert.That(mail.UserId, Is.EqualTo(owner));
    }

    [Test]
    public void Is_due_at_once_for_an_account()
    {
        var user = Guid.NewGuid();

        var mail = OutboxMail.ToUser(MailKind.TaskOverdue, user, Data, Now);

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
    public void Waits_for_its_time_for_an_address()
    {
        var mail = OutboxMail.ToAddress(MailKind.TaskOverdue, "a@example.org", Data, Now, Now.AddHours(2));

        using (Assert.EnterMultipleScope())
        {
            Assert.That((mail.UserId, mail.Address), Is.EqualTo(((Guid?)null, "a@example.org")));
            Assert.That((mail.CreatedAt, mail.NextAttemptAt), Is.EqualTo((Now, Now.AddHours(2))));
        }
    }

    [TestCase(OutboxMail.DataMaxLength, true)]
    [TestCase(OutboxMail.DataMaxLength + 1, false)]
    public void Holds_so_much_and_no_more(int length, bool fits) =>
        Assert.That(
            () =>
                OutboxMail.ToUser(
                    MailKind.TaskOverdue,
                    Guid.NewGuid(),
                    new Dictionary<string, string> { ["title"] = new('x', length - "title".Length) },
                    Now
                ),
            fits ? Throws.Nothing : Throws.InstanceOf<ArgumentOutOfRangeException>()
        );

    [Test]
    public void Is_tried_again_after_pauses_that_double_up_to_an_hour()
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
    public void Never_waits_longer_however_often_it_failed()
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
    public void Is_given_up_when_it_fails_after_three_days(int milliseconds, OutboxStatus expected)
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
    public void Is_tried_until_the_third_day_is_over()
    {
        var mail = New();
        while (mail.Status == OutboxStatus.Pending)
        {
            mail.Failed("ConnectionRefused", mail.NextAttemptAt);
        }

        Assert.That(mail.FinishedAt, Is.GreaterThanOrEqualTo(Now.AddDays(3)).And.LessThan(Now.AddDays(3).AddHours(1)));
    }

    [Test]
    public void Is_given_up_at_once_when_no_attempt_can_help()
    {
        var mail = New();

        mail.GiveUp("550 MailboxUnavailable", Now);

        Assert.That(
            (mail.Status, mail.FinishedAt, mail.Attempts, mail.LastError),
            Is.EqualTo((OutboxStatus.GivenUp, (DateTimeOffset?)Now, 1, "550 MailboxUnavailable"))
        );
    }

    [Test]
    public void Forgets_what_went_wrong_once_it_is_sent()
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
    public void Is_no_attempt_to_drop_it()
    {
        var mail = New();

        mail.Drop(Now);

        Assert.That(
            (mail.Status, mail.FinishedAt, mail.Attempts),
            Is.EqualTo((OutboxStatus.Dropped, (DateTimeOffset?)Now, 0))
        );
    }

    [Test]
    public void Is_no_attempt_to_postpone_it()
    {
        var mail = New();

        mail.Postpone(Now.AddHours(9));

        Assert.That(
            (mail.Status, mail.NextAttemptAt, mail.Attempts),
            Is.EqualTo((OutboxStatus.Pending, Now.AddHours(9), 0))
        );
    }

    [Test]
    public void Keeps_of_a_reason_what_fits()
    {
        var mail = New();

        mail.Failed(new string('x', 500), Now);

        Assert.That(mail.LastError, Has.Length.EqualTo(OutboxMail.LastErrorMaxLength));
    }

    private static OutboxMail New() => OutboxMail.ToUser(MailKind.TaskOverdue, Guid.NewGuid(), Data, Now);
}
