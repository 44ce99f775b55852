using Fitnessify.Application.Auth;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Mail;
using MediatR;

namespace Fitnessify.Application.Tests.Auth;

public sealed class ForgotPasswordTests() : AddressedMailTests(MailKind.ResetPassword)
{
    private protected override IRequest<Result> Command(string email) => new ForgotPasswordCommand(email);

    private protected override string Errors(string? email) =>
        new ForgotPasswordValidator().ErrorTextOf(new ForgotPasswordCommand(email!));
}
