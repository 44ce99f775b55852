using System.Globalization;
using System.Reflection;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Sessions;

namespace Fitnessify.Application.Tests.Auth;

/// <summary>
/// Sessions as a database keeps them: who asks gets a copy, a refresh is stored by compare-and-swap, all else when it is
/// saved. A refresh token is the session's id and its counter, in plain sight.
/// </summary>
internal sealed class StoredSessions : ISessionRepository, ISessionTokens, IUnitOfWork
{
    private static readonly MethodInfo Clone = typeof(object).GetMethod(
        "MemberwiseClone",
        BindingFlags.Instance | BindingFlags.NonPublic
    )!;

    private readonly Dictionary<Guid, Session> _rows = [];
    private readonly List<Session> _tracked = [];

    /// <summary>Happens once, when the next refresh has looked at its session and is about to store it.</summary>
    public Func<Task>? Meanwhile { get; set; }

    public static string TokenOf(Session session, int counter) => $"{session.Id}:{counter}";

    public void Add(Session session) => throw new NotSupportedException("A refresh begins no session.");

    public Task<Session?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        Task.FromResult(_rows.TryGetValue(id, out var row) ? Track(row) : null);

    public async Task<bool> TryStoreRefreshAsync(Session session, CancellationToken cancellationToken)
    {
        _tracked.Remove(session);
        if (Meanwhile is { } meanwhile)
        {
            Meanwhile = null;
            await meanwhile();
        }

        var row = _rows[session.Id];
        if (row.RefreshCounter != session.RefreshCounter - 1 || row.RevokedAt is not null)
        {
            return false;
        }

        _rows[session.Id] = Copy(session);
        return true;
    }

    public Task<bool> IsNewDeviceAsync(
        Guid ownerId,
        string? device,
        string? ipAddress,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException("Only a sign-in asks.");

    public Task<IReadOnlyList<Session>> ListLiveAsync(
        Guid ownerId,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException("A refresh looks at one session.");

    public Task<IReadOnlyList<Session>> ListBeyondAsync(
        Guid ownerId,
        int keep,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException("Only a sign-in makes room.");

    public Task<Result> SaveChangesAsync(CancellationToken cancellationToken)
    {
        foreach (var session in _tracked)
        {
            if (session is { RevokedAt: { } at, RevokedReason: { } reason })
            {
                _rows[session.Id].Revoke(reason, at);
            }
        }

        _tracked.Clear();
        return Task.FromResult(Result.Success);
    }

    public IssuedTokens Issue(Session session, DateTimeOffset now) =>
        new("access", TimeSpan.FromMinutes(15), TokenOf(session, session.RefreshCounter));

    public RefreshClaim? Read(string refreshToken) =>
        refreshToken.Split(':') is [var id, var counter]
            ? new RefreshClaim(Guid.Parse(id), int.Parse(counter, CultureInfo.InvariantCulture))
            : null;

    /// <summary>Stores a session as it is.</summary>
    public Session Store(Session session)
    {
        _rows[session.Id] = Copy(session);
        return session;
    }

    /// <summary>What is stored of it now.</summary>
    public Session Row(Session session) => Copy(_rows[session.Id]);

    private Session Track(Session row)
    {
        var copy = Copy(row);
        _tracked.Add(copy);
        return copy;
    }

    private static Session Copy(Session session) => (Session)Clone.Invoke(session, null)!;
}
