using Fitnessify.Application.Accounts;
using Fitnessify.Application.Audit;
using Fitnessify.Application.Auth;
using Fitnessify.Application.Common;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Common;
using FluentValidation;
using MediatR;

namespace Fitnessify.Application.Admin;

/// <summary>Creates the admin of the settings, once: who has that username already is left alone.</summary>
public sealed record SeedAdminCommand : IRequest<Result>;

internal sealed class SeedAdminHandler(
    SeedAdminOptions options,
    IValidator<RegisterUserCommand> validator,
    NewPasswords passwords,
    IAccountRepository accounts,
    AuditLog audit,
    AdminUnitOfWork acts,
    TimeProvider clock
) : IRequestHandler<SeedAdminCommand, Result>
{
    public async Task<Result> Handle(SeedAdminCommand request, CancellationToken cancellationToken)
    {
        var admin = new RegisterUserCommand(options.Username!, options.Email!, options.Password!);
        if (!options.IsSet || await ExistsAsync(admin, cancellationToken))
        {
            return Result.Success;
        }

        var wrong = validator.Validate(admin).Errors.Select(failure => failure.ToFieldError()).ToList();
        if (wrong.Count > 0)
        {
            return CommonErrors.Validation(wrong);
        }

        var hash = await passwords.HashAsync(admin.Password, admin.Username, admin.Email, cancellationToken);
        if (!hash.IsSuccess)
        {
            return hash.Error;
        }

        var account = Account.Register(admin.Username, admin.Email, hash.Value, clock.Now(), emailConfirmed: true);
        accounts.Add(account);
        audit.Record(AuditEventType.Registered, account.Id);
        var saved = await acts.SaveRolesAsOperatorAsync(account.Id, [Roles.Admin, Roles.Member], cancellationToken);
        // Another instance may have been quicker, whichever of its indexes said so.
        return saved.IsSuccess || await ExistsAsync(admin, cancellationToken) ? Result.Success : saved.Error;
    }

    private async Task<bool> ExistsAsync(RegisterUserCommand admin, CancellationToken cancellationToken) =>
        admin.Username is not null
        && await accounts.FindCredentialsAsync(admin.Username, cancellationToken) is not null;
}
