using System.Text;
using Fitnessify.Application.Accounts;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Sessions;
using Fitnessify.Infrastructure.Accounts;
using Fitnessify.Infrastructure.DataProtection;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Auth;

/// <summary>Counts by login and network, by login, and by address, under keyed hashes of them.</summary>
internal sealed class SignInThrottle(
    AppDbContext context,
    UnitOfWork unitOfWork,
    ServerSecrets secrets,
    AttemptsInFlight inFlight,
    IClient client,
    AccountOptions options,
    TimeProvider clock
) : ISignInThrottle, IDisposable
{
    private readonly SignInFailureCounts _counts = new(
        context,
        TimeSpan.FromMinutes(options.FailedSignInMinutes),
        clock
    );

    // Until the request ends: what becomes of the attempt is stored by then.
    private readonly List<(byte[] Key, IDisposable Attempt)> _taken = [];

    public async Task<Result> TakeAttemptAsync(Attempt attempt, CancellationToken cancellationToken)
    {
        List<Counted> taken = [];
        foreach (var counted in await CountedAsync(attempt, cancellationToken))
        {
            var result = await TakeAsync(counted, cancellationToken);
            if (!result.IsSuccess)
            {
                await ReturnAsync(taken, cancellationToken);
                return result;
            }

            taken.Add(counted);
        }

        return Result.Success;
    }

    public async Task<bool> IsFirstRefusalAsync(Attempt attempt, CancellationToken cancellationToken)
    {
        var secret = await secrets.GetSignInKeyAsync(cancellationToken);
        var login = LoginKey(secret, $"refused\u001f{attempt.Identifier}");
        var address = SignInFailureCounts.Hash(secret, $"refused:{Network}");
        // Of an address as many as it may fail: made-up logins must not fill the trail.
        return (await _counts.TakeAsync(login, 1, cancellationToken)).IsSuccess
            && (await _counts.TakeAsync(address, options.FailedSignInAddressLimit, cancellationToken)).IsSuccess;
    }

    public async Task ReturnAttemptAsync(Attempt attempt, CancellationToken cancellationToken) =>
        await ReturnAsync(await CountedAsync(attempt, cancellationToken), cancellationToken);

    public async Task ForgiveAsync(Attempt attempt, CancellationToken cancellationToken)
    {
        var counted = await CountedAsync(attempt, cancellationToken);
        await _counts.ForgetAsync(counted[0].Key, cancellationToken);
        await ReturnAsync(counted.Skip(1), cancellationToken);
    }

    public async Task ForgetAsync(IReadOnlyCollection<string> identifiers, CancellationToken cancellationToken)
    {
        var secret = await secrets.GetSignInKeyAsync(cancellationToken);
        foreach (var key in identifiers.Select(identifier => LoginKey(secret, identifier)))
        {
            unitOfWork.Add(token =>
                context
                    .SignInFailures.Where(failures => failures.Key == key || failures.LoginKey == key)
                    .ExecuteDeleteAsync(token)
            );
        }
    }

    public void Dispose() => _taken.ForEach(taken => taken.Attempt.Dispose());

    private string? Network => ClientNetwork.Of(client.IpAddress);

    // The narrowest first: that is what the right password forgives. Devices that the account knows, and those that have shown a
    // password or a session already, have the same counts as strangers, but apart from theirs.
    private async ValueTask<IReadOnlyList<Counted>> CountedAsync(Attempt attempt, CancellationToken cancellationToken)
    {
        var secret = await secrets.GetSignInKeyAsync(cancellationToken);
        var login = LoginKey(secret, attempt.Identifier);
        var known = attempt is { IsSignIn: true, KnownDevice: null } ? "" : "known:";
        var address = new Counted(
            SignInFailureCounts.Hash(secret, $"{known}address:{Network}"),
            options.FailedSignInAddressLimit
        );
        return attempt.IsSignIn
            ?
            [
                new(Within(attempt.KnownDevice ?? Network), options.FailedSignInLimit, login),
                new(Within(known), options.FailedSignInLoginLimit, login),
                address,
            ]
            : [new(login, options.FailedSignInLimit), address];

        byte[] Within(string? place) => SignInFailureCounts.Hash(secret, $"{Convert.ToHexString(login)}:{place}");
    }

    private async Task ReturnAsync(IEnumerable<Counted> counted, CancellationToken cancellationToken)
    {
        foreach (var each in counted)
        {
            await _counts.ReturnAsync(each.Key, cancellationToken);
        }
    }

    private async Task<Result> TakeAsync(Counted counted, CancellationToken cancellationToken)
    {
        var key = counted.Key;
        while (true)
        {
            Task? outcome;
            using (await inFlight.EnterAsync(key, cancellationToken))
            {
                var result = await _counts.TakeAsync(key, counted.Limit, cancellationToken, counted.LoginKey);
                var own = _taken.Count(taken => taken.Key.AsSpan().SequenceEqual(key));
                outcome = result.IsSuccess ? null : inFlight.NextOutcome(key, own);
                if (outcome is null)
                {
                    if (result.IsSuccess)
                    {
                        _taken.Add((key, inFlight.Begin(key)));
                    }

                    return result;
                }
            }

            await outcome.WaitAsync(cancellationToken);
        }
    }

    private static byte[] LoginKey(byte[] secret, string identifier) =>
        SignInFailureCounts.Hash(secret, $"login:{identifier.Normalize(NormalizationForm.FormKC).ToUpperInvariant()}");

    private sealed record Counted(byte[] Key, int Limit, byte[]? LoginKey = null);
}
