using Fitnessify.Application.Auth;
using Fitnessify.Application.Identities;
using Fitnessify.Application.Passkeys;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Sessions;
using Fitnessify.Infrastructure.Telemetry;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace Fitnessify.Infrastructure.Auth;

/// <summary>Counts how the use cases end that give out tokens.</summary>
internal sealed class SignInMetrics<TRequest, TOutcome>(ServerMetrics metrics) : IPipelineBehavior<TRequest, TOutcome>
    where TRequest : IRequest<TOutcome>
    where TOutcome : IOutcome<TOutcome>
{
    private const string Failed = "failed";

    public async Task<TOutcome> Handle(
        TRequest request,
        CancellationToken cancellationToken,
        RequestHandlerDelegate<TOutcome> next
    )
    {
        var outcome = Failed;
        try
        {
            var result = await next();
            outcome = result.Error?.Code ?? "ok";
            return result;
        }
        finally
        {
            Count(request, outcome);
        }
    }

    private void Count(TRequest request, string outcome)
    {
        switch (request)
        {
            case RefreshTokensCommand:
                metrics.CountRefresh(outcome, outcome == SessionErrors.RefreshTokenReused.Code);
                break;
            case LoginUserCommand:
                metrics.CountSignIn("password", outcome);
                break;
            case VerifyMfaCommand:
                metrics.CountSignIn("code", outcome);
                break;
            case LoginPasskeyCommand:
                metrics.CountSignIn("passkey", outcome);
                break;
            case LoginIdentityCommand:
                metrics.CountSignIn("identity", outcome);
                break;
        }
    }
}

/// <summary>Puts the counting around those use cases, and around no other.</summary>
internal static class SignInMetricsServices
{
    public static void AddSignInMetrics(this IServiceCollection services)
    {
        services.Count<LoginUserCommand, Result<TokensDto>>();
        services.Count<VerifyMfaCommand, Result<TokensDto>>();
        services.Count<LoginPasskeyCommand, Result<TokensDto>>();
        services.Count<LoginIdentityCommand, Result<IdentitySignIn>>();
        services.Count<RefreshTokensCommand, Result<TokensDto>>();
    }

    private static void Count<TRequest, TOutcome>(this IServiceCollection services)
        where TRequest : IRequest<TOutcome>
        where TOutcome : IOutcome<TOutcome> =>
        services.AddScoped<IPipelineBehavior<TRequest, TOutcome>, SignInMetrics<TRequest, TOutcome>>();
}
