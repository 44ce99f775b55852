using System.Text.RegularExpressions;
using Fitnessify.Application.Common;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Common;
using FluentValidation;

namespace Fitnessify.Application.Accounts;

/// <summary>The shape of what people type about themselves.</summary>
internal static partial class AccountRules
{
    /// <summary>3 to 30 ASCII letters, digits, '.', '_', '-', alphanumeric at both ends, and not reserved.</summary>
    public static IRuleBuilderOptions<T, string?> Username<T>(this IRuleBuilder<T, string?> rule) =>
        rule.NotEmpty()
            .MinimumLength(Account.UsernameMinLength)
            .MaximumLength(Account.UsernameMaxLength)
            .Matches(UsernamePattern())
            .WithMessage("Use letters, digits, '.', '_' and '-', with a letter or digit at both ends.")
            .Must(username => !ReservedUsernames.Contains(username!))
            .WithErrorCode(FieldErrorCodes.NotAllowed)
            .WithMessage("This username is reserved.");

    /// <summary>An address as HTML's e-mail input takes it, with a dot in the domain.</summary>
    public static IRuleBuilderOptions<T, string?> Email<T>(this IRuleBuilder<T, string?> rule) =>
        rule.NotEmpty()
            .MaximumLength(Account.EmailMaxLength)
            .Matches(EmailAddress.Pattern())
            .WithMessage("This is not an e-mail address.")
            .Must(email => EmailAddress.HasShortLocalPart(email!))
            .WithErrorCode(FieldErrorCodes.TooLong)
            .WithMessage("The part before the @ is too long.")
            .Must(email => !PlaceholderAddress.IsReserved(email!))
            .WithErrorCode(FieldErrorCodes.NotAllowed)
            .WithMessage("Nobody can have an address of this domain.");

    /// <summary>Accepts a name of 1 to 80 characters, at least one of them visible, or null.</summary>
    public static IRuleBuilderOptions<T, string?> DisplayName<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(name => name is null || PastedText.IsVisible(name))
            .WithErrorCode(FieldErrorCodes.Required)
            .WithMessage("A name needs something that can be seen; null removes it.")
            .MaximumLength(Account.DisplayNameMaxLength)
            .PlainText();

    /// <summary>Accepts a well-formed language tag (RFC 5646, 2.1), or null.</summary>
    public static IRuleBuilderOptions<T, string?> Locale<T>(this IRuleBuilder<T, string?> rule) =>
        rule.MaximumLength(Account.LocaleMaxLength)
            .Matches(LocalePattern())
            .WithMessage("Use a language tag, such as en or de-AT.");

    /// <summary>
    /// A password as input; whether it is good enough is for <see cref="PasswordPolicy"/> to say. The time that its
    /// normalization takes grows with the square of its length.
    /// </summary>
    public static IRuleBuilderOptions<T, string?> Password<T>(this IRuleBuilder<T, string?> rule) =>
        rule.NotEmpty().MaximumLength(PasswordPolicy.InputMaxLength).PlainText();

    [GeneratedRegex(@"\A[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?\z")]
    private static partial Regex UsernamePattern();

    // The language, and then subtags of any kind: which of them are registered changes every few months.
    [GeneratedRegex(@"\A[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*\z")]
    private static partial Regex LocalePattern();
}
