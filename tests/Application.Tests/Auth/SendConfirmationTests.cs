using Fitnessify.Application.Auth;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Mail;
using MediatR;

namespace Fitnessify.Application.Tests.Auth;

public sealed class SendConfirmationTests() : AddressedMailTests(MailKind.ConfirmEmail)
{
    private protected override IRequest<Result> Command(string email) => new SendConfirmationCommand(email);

    private protected override string Errors(string? email) =>
        new SendConfirmationValidator().ErrorTextOf(new SendConfirmationCommand(email!));
}
