using Fitnessify.Application.Common;
using Fitnessify.Application.Sessions;
using Fitnessify.Application.Users;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Sessions;
using Fitnessify.Domain.Users;
using FluentValidation;
using MediatR;

namespace Fitnessify.Application.Auth;

/// <summary>Sign in on a device.</summary>
/// <param name="Login">Username or e-mail address, in any case.</param>
/// <param name="Password">The password.</param>
/// <param name="Device">What to call this device in the list of sessions.</param>
public sealed record LoginUserCommand(string Login, string Password, string? Device = null)
    : IRequest<Result<TokensDto>>
{
    /// <summary>Username or e-mail address, in any case.</summary>
    public string Login { get; } = Login?.Trim()!;
}

internal sealed class LoginUserValidator : RequestValidator<LoginUserCommand>
{
    public LoginUserValidator()
    {
        RuleFor(command => command.Login).NotEmpty().MaximumLength(User.EmailMaxLength).PlainText();
        RuleFor(command => command.Password).Password();
        RuleFor(command => command.Device).MaximumLength(Session.DeviceMaxLength).PlainText();
    }
}

internal sealed class LoginUserHandler(
    PasswordSignIn signIn,
    SessionOptions options,
    ISessionRepository sessions,
    ISessionTokens tokens,
    IAuditTrail audit,
    IClient client,
    IUnitOfWork unitOfWork,
    TimeProvider clock
) : IRequestHandler<LoginUserCommand, Result<TokensDto>>
{
    public async Task<Result<TokensDto>> Handle(LoginUserCommand request, CancellationToken cancellationToken)
    {
        var signedIn = await signIn.VerifyAsync(request, cancellationToken);
        if (!signedIn.IsSuccess)
        {
            return signedIn.Error;
        }

        var now = clock.Now();
        var userId = signedIn.Value.UserId;
        var session = Session.Start(userId, request.Device, client.IpAddress, options.Lifetime, now);
        sessions.Add(session);
        audit.Add(AuditEvent.Of(AuditEventType.SignedIn, userId, client, now, session.Id, request.Device));
        var saved = await unitOfWork.SaveChangesAsync(cancellationToken);
        if (!saved.IsSuccess)
        {
            return saved.Error;
        }

        var ended = await MakeRoomAsync(userId, now, cancellationToken);
        return ended.Then(() => TokensDto.From(session, tokens.Issue(session, now)));
    }

    // After the save, where it counts this session and those that other sign-ins have begun meanwhile.
    private async Task<Result> MakeRoomAsync(Guid userId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var oldest = await sessions.ListBeyondAsync(userId, options.MaxPerUser, now, cancellationToken);
        foreach (var session in oldest)
        {
            session.Revoke(SessionEnd.TooMany, now);
            audit.Add(AuditEvent.Of(AuditEventType.SessionEnded, userId, client, now, session.Id, session.Device));
        }

        return oldest.Count == 0 ? Result.Success : await unitOfWork.SaveChangesAsync(cancellationToken);
    }
}
