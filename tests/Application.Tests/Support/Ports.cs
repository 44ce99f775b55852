using Fitnessify.Domain.Admin;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Mail;
using Fitnessify.Domain.Sessions;
using Fitnessify.Domain.Users;

namespace Fitnessify.Application.Tests.Support;

/// <summary>What an audit event says, but for its id.</summary>
internal sealed record Event(
    AuditEventType Type,
    AuditOutcome Outcome,
    Guid? ActorId,
    Guid? SubjectId,
    Guid? SessionId = null,
    string? Device = null,
    string? IpAddress = Given.IpAddress
)
{
    public DateTimeOffset At { get; init; } = Given.Now;
}

/// <summary>The ports around an account: they answer as they are told to, and write down in order what is asked of them.</summary>
internal sealed class Ports
    : IAccountRepository,
        IAdministration,
        IAuditTrail,
        IClient,
        ICurrentUser,
        IMailOutbox,
        IPasswordHashing,
        IPasswordStrength,
        ISignInThrottle,
        IUnitOfWork
{
    private readonly List<Event> _unsaved = [];
    private readonly List<OutboxMail> _unsavedMails = [];

    public List<string> Steps { get; } = [];

    /// <summary>The events that a successful save has stored.</summary>
    public List<Event> Events { get; } = [];

    /// <summary>The mails that a successful save has stored.</summary>
    public List<OutboxMail> Mails { get; } = [];

    public List<AdminAct> Acts { get; } = [];

    public NewAccount? Added { get; private set; }

    public List<AccountChange> Changes { get; } = [];

    public Credentials? Credentials { get; set; } =
        new(Guid.NewGuid(), "nikolas", "kern@example.com", "stored hash", EmailConfirmed: true, IsDisabled: false);

    public User? User { get; set; }

    public bool IsHashingFull { get; set; }

    /// <summary>Taken and not given back.</summary>
    public int Places { get; private set; }

    public Result Attempt { get; set; } = Result.Success;

    public Result<PasswordVerdict> Verdict { get; set; } = PasswordVerdict.Right;

    public Result<PasswordEstimate> Estimate { get; set; } = new PasswordEstimate(4, []);

    public Result<string> Hash { get; set; } = "new hash";

    public Result Saved { get; set; } = Result.Success;

    public Guid Id { get; } = Guid.NewGuid();

    public Guid SessionId { get; set; } = Guid.NewGuid();

    public bool IsSignedIn { get; set; } = true;

    public string? IpAddress => Given.IpAddress;

    Guid? IClient.SessionId => IsSignedIn ? SessionId : null;

    public Task<User> AddAsync(NewAccount account, CancellationToken cancellationToken)
    {
        Added = account;
        return Step(
            $"add {account.Username}",
            new User(Id, account.Username, account.Email, account.EmailConfirmed, account.CreatedAt, [Roles.Member], [])
        );
    }

    public Task<User?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        Task.FromResult(id == User?.Id ? User : null);

    public Task<Credentials?> FindCredentialsAsync(string login, CancellationToken cancellationToken) =>
        Step($"find {login}", Credentials);

    public Task<Credentials?> FindCredentialsAsync(Guid id, CancellationToken cancellationToken) =>
        Step($"find {Name(id)}", Credentials);

    public Task ChangeAsync(Guid id, AccountChange change, CancellationToken cancellationToken)
    {
        Changes.Add(change);
        return Step($"change {Name(id)}", true);
    }

    public Task RemoveAsync(Guid id, CancellationToken cancellationToken) => Step($"remove {Name(id)}", true);

    public void Add(AuditEvent auditEvent)
    {
        Steps.Add($"audit {auditEvent.Type}");
        _unsaved.Add(
            new Event(
                auditEvent.Type,
                auditEvent.Outcome,
                auditEvent.ActorId,
                auditEvent.SubjectId,
                auditEvent.SessionId,
                auditEvent.Device,
                auditEvent.IpAddress
            )
            {
                At = auditEvent.At,
            }
        );
    }

    public void Add(OutboxMail mail)
    {
        Steps.Add($"mail {mail.Kind}");
        _unsavedMails.Add(mail);
    }

    public Task<IReadOnlyList<OutboxMail>> TakeDueAsync(
        DateTimeOffset now,
        int max,
        TimeSpan lease,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException("No use case around an account sends mails.");

    public Task StoreAsync(OutboxMail mail, CancellationToken cancellationToken) =>
        throw new NotSupportedException("No use case around an account sends mails.");

    public Task<Result<Page<AuditEvent>>> ListAsync(
        Guid subjectId,
        PageRequest page,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException("A command does not read the trail.");

    public Task<Result<Page<AuditEvent>>> SearchAsync(
        Guid callerId,
        AuditFilter filter,
        PageRequest page,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException("A command does not read the trail.");

    public void Guard(AdminAct act)
    {
        Acts.Add(act);
        Steps.Add("guard");
    }

    public void SetRoles(Guid userId, IReadOnlyCollection<string> roles) =>
        Steps.Add($"give {Name(userId)} {string.Join('+', roles)}");

    public void SetDisabled(Guid userId, DateTimeOffset? at) =>
        Steps.Add(at is null ? $"enable {Name(userId)}" : $"disable {Name(userId)} at {at:O}");

    public void EndSessions(Guid userId, SessionEnd reason, DateTimeOffset now) =>
        Steps.Add($"end sessions of {Name(userId)}: {reason} at {now:O}");

    public Task ForgetAsync(IReadOnlyCollection<string> identifiers, CancellationToken cancellationToken) =>
        Step($"forget {string.Join(", ", identifiers.Select(Name))}", true);

    public Task<Result<PasswordEstimate>> EstimateAsync(
        string password,
        IReadOnlyList<string> context,
        CancellationToken cancellationToken
    ) => Step($"estimate {password}", Estimate);

    public IDisposable? Enter()
    {
        if (IsHashingFull)
        {
            return null;
        }

        Places++;
        return new Place(this);
    }

    public Task<Result<string>> HashAsync(string password, CancellationToken cancellationToken) =>
        Step($"hash {password}", Hash);

    public Task<Result<PasswordVerdict>> VerifyAsync(
        string? hash,
        string password,
        CancellationToken cancellationToken
    ) => Step($"verify {password} with {hash ?? "nothing"}", Verdict);

    public Task<Result> TakeAttemptAsync(string identifier, CancellationToken cancellationToken) =>
        Step($"take {Name(identifier)}", Attempt);

    public Task ReturnAttemptAsync(string identifier, CancellationToken cancellationToken) =>
        Step($"return {Name(identifier)}", true);

    public Task ForgiveAsync(string identifier, CancellationToken cancellationToken) =>
        Step($"forgive {Name(identifier)}", true);

    public Task<Result> SaveChangesAsync(CancellationToken cancellationToken)
    {
        if (Saved.IsSuccess)
        {
            Events.AddRange(_unsaved);
            Mails.AddRange(_unsavedMails);
        }

        _unsaved.Clear();
        _unsavedMails.Clear();
        return Step("save", Saved);
    }

    private Task<T> Step<T>(string step, T answer)
    {
        Steps.Add(step);
        return Task.FromResult(answer);
    }

    /// <summary>Who it is, in a word.</summary>
    public string Name(Guid id) => Name(id.ToString());

    private string Name(string identifier) =>
        identifier == Id.ToString() ? "me"
        : identifier == Domain.Users.Credentials.MfaIdentifierOf(Id) ? "mfa of me"
        : identifier == Credentials?.MfaIdentifier ? "mfa of them"
        : identifier == Credentials?.UserId.ToString() ? "them"
        : identifier;

    private sealed class Place(Ports ports) : IDisposable
    {
        public void Dispose() => ports.Places--;
    }
}
