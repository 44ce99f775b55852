using FluentValidation;

namespace Fitnessify.Application.Accounts;

/// <summary>
/// What is asked for again before what cannot be undone, and before what weakens the account; or nothing, within the minutes
/// after a reauthentication of the session.
/// </summary>
internal interface IReauthenticated
{
    /// <summary>The password; null after a reauthentication of the session.</summary>
    string? Password { get; }

    /// <summary>Six digits from the authenticator app, where the second factor is on; or else a recovery code.</summary>
    string? Code { get; }

    /// <summary>In place of a code.</summary>
    string? RecoveryCode { get; }
}

/// <summary>The shape of it.</summary>
internal static class ReauthenticationRules
{
    public static void Reauthentication<T>(this AbstractValidator<T> validator)
        where T : IReauthenticated
    {
        validator
            .RuleFor(request => request.Password)
            .NotNull()
            .WithMessage("Give the password with a code; after a reauthentication, neither is asked for.")
            .When(request => (request.Code ?? request.RecoveryCode) is not null);
        validator.RuleFor(request => request.Password).Password().When(request => request.Password is not null);
        validator.RuleFor(request => request.Code).Code().When(request => request.Code is not null);
        validator.RuleFor(request => request.RecoveryCode).NotBeside(request => request.Code).RecoveryCode();
    }
}
