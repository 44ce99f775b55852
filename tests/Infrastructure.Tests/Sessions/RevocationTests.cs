using Fitnessify.Application.Accounts;
using Fitnessify.Application.Auth;
using Fitnessify.Application.Sessions;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Sessions;
using MediatR;

namespace Fitnessify.Infrastructure.Tests.Sessions;

/// <summary>Each use case that ends sessions evicts them from the cache of its instance with the save.</summary>
public sealed class RevocationTests
{
    private const string Password = "correct horse battery staple";

    private static readonly TestCaseData<Func<Session, IRequest<Result>>, bool, bool>[] UseCases =
    [
        new(_ => new LogoutUserCommand(), false, true) { TestName = "{m}(logout)" },
        new(other => new RevokeSessionCommand(other.Id), true, false) { TestName = "{m}(end one)" },
        new(_ => new RevokeOtherSessionsCommand(), true, false) { TestName = "{m}(end the others)" },
        new(_ => new ChangePasswordCommand("vX9#mQ2!kTr7", Password), true, false) { TestName = "{m}(password)" },
        new(_ => new DeleteMeCommand(Password), false, false) { TestName = "{m}(delete the account)" },
    ];

    [TestCaseSource(nameof(UseCases))]
    public async Task Sessions_that_a_use_case_ends_are_refused_at_once_on_its_instance(
        Func<Session, IRequest<Result>> request,
        bool ownLives,
        bool otherLives
    )
    {
        await using var server = TestRun.Database.Start();
        var user = await server.SignUpAsync(Password);
        var (own, other) = (await server.SignInAsync(user.Id), await server.SignInAsync(user.Id));
        var bystander = await server.SignInAsync((await server.SignUpAsync()).Id);
        foreach (var session in (Session[])[own, other, bystander])
        {
            Assert.That(await IsLiveAsync(server, session), Is.True);
        }

        server.Caller.Session = own;
        var result = await server.SendAsync(request(other));

        Assert.That(result.Error, Is.Null);
        Assert.That(await IsLiveAsync(server, own), Is.EqualTo(ownLives));
        Assert.That(await IsLiveAsync(server, other), Is.EqualTo(otherLives));
        Assert.That(await IsLiveAsync(server, bystander), Is.True);
    }

    [Test]
    public async Task A_refresh_token_can_sign_out()
    {
        await using var server = TestRun.Database.Start();
        var session = await server.SignInAsync((await server.SignUpAsync()).Id);
        Assert.That(await IsLiveAsync(server, session), Is.True);
        var token = server.Get<ISessionTokens>().Issue(session, session.CreatedAt).RefreshToken;

        await server.SendAsync(new LogoutUserCommand(token));

        Assert.That(await IsLiveAsync(server, session), Is.False);
    }

    private static Task<bool> IsLiveAsync(Instance server, Session session) =>
        server.UseAsync(async (ILiveSessions sessions) => await sessions.FindAsync(session.Id, default) is not null);
}
