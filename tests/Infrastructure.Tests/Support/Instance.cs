using Fitnessify.Domain.Common;
using Fitnessify.Domain.Sessions;
using Fitnessify.Domain.Users;
using Microsoft.Extensions.DependencyInjection;

namespace Fitnessify.Infrastructure.Tests.Support;

/// <summary>The services of one running server.</summary>
internal sealed class Instance(ServiceProvider services, ManualClock clock) : IAsyncDisposable
{
    private static readonly SessionLifetime Lifetime = new(TimeSpan.FromDays(30), TimeSpan.FromDays(90));

    public IServiceProvider Services => services;

    public ManualClock Clock => clock;

    /// <summary>A name that nobody else in this run has.</summary>
    public static string NewName() => $"u{Guid.NewGuid():N}"[..20];

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    /// <summary>Uses a service in a scope of its own, as a request does.</summary>
    public async Task<TResult> UseAsync<TService, TResult>(Func<TService, Task<TResult>> use)
        where TService : notnull
    {
        await using var scope = services.CreateAsyncScope();
        return await use(scope.ServiceProvider.GetRequiredService<TService>());
    }

    public async Task<Result<User>> SignUpAsync(string username, string email)
    {
        await using var scope = services.CreateAsyncScope();
        var account = new NewAccount(username, email, "hash", clock.GetUtcNow());
        var user = await scope.ServiceProvider.GetRequiredService<IAccountRepository>().AddAsync(account, default);
        var saved = await scope.ServiceProvider.GetRequiredService<IUnitOfWork>().SaveChangesAsync(default);
        return saved.Then(() => user);
    }

    public async Task<User> SignUpAsync()
    {
        var name = NewName();
        return (await SignUpAsync(name, $"{name}@example.org")).Value!;
    }

    public async Task<Session> SignInAsync(Guid userId)
    {
        await using var scope = services.CreateAsyncScope();
        var session = Session.Start(userId, "Phone", "192.0.2.1", Lifetime, clock.GetUtcNow());
        scope.ServiceProvider.GetRequiredService<ISessionRepository>().Add(session);
        await scope.ServiceProvider.GetRequiredService<IUnitOfWork>().SaveChangesAsync(default);
        return session;
    }

    public ValueTask DisposeAsync() => services.DisposeAsync();
}
