using Fitnessify.Application.Auth;
using Fitnessify.Application.Passkeys;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Sessions;
using Fitnessify.Infrastructure.Telemetry;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace Fitnessify.Infrastructure.Auth;

/// <summary>Counts how the use cases end that give out tokens.</summary>
internal sealed class SignInMetrics<TRequest>(ServerMetrics metrics) : IPipelineBehavior<TRequest, Result<TokensDto>>
    where TRequest : IRequest<Result<TokensDto>>
{
    private const string Failed = "failed";

    public async Task<Result<TokensDto>> Handle(
        TRequest request,
        CancellationToken cancellationToken,
        RequestHandlerDelegate<Result<TokensDto>> next
    )
    {
        var outcome = Failed;
        try
        {
            var tokens = await next();
            outcome = tokens.Error?.Code ?? "ok";
            return tokens;
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
        }
    }
}

/// <summary>Puts the counting around those use cases, and around no other.</summary>
internal static class SignInMetricsServices
{
    public static void AddSignInMetrics(this IServiceCollection services)
    {
        services.Count<LoginUserCommand>();
        services.Count<VerifyMfaCommand>();
        services.Count<LoginPasskeyCommand>();
        services.Count<RefreshTokensCommand>();
    }

    private static void Count<TRequest>(this IServiceCollection services)
        where TRequest : IRequest<Result<TokensDto>> =>
        services.AddScoped<IPipelineBehavior<TRequest, Result<TokensDto>>, SignInMetrics<TRequest>>();
}
