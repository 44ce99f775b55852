using Fitnessify.Application.Accounts;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Common;
using FluentValidation;
using FsCheck;
using FsCheck.Fluent;

namespace Fitnessify.Application.Tests.Accounts;

/// <summary>These rules hold for every username and address; single cases are in the tests of the validators.</summary>
public sealed class AccountRulesTests
{
    private const string Lower = "abcdefghijklmnopqrstuvwxyz";
    private const string Upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private const string Alphanumeric = Lower + Upper + "0123456789";
    private const string UsernameCharacters = Alphanumeric + "._-";
    private const string LocalCharacters = Alphanumeric + ".!#$%&'*+/=?^_`{|}~-";

    private static readonly InlineValidator<string> Username = Rule(rule => rule.Username());
    private static readonly InlineValidator<string> Email = Rule(rule => rule.Email());

    private static readonly Gen<string> Usernames = Framed(UsernameCharacters, 3, 30)
        .Where(name => !ReservedUsernames.Contains(name));

    private static readonly Gen<string> Domains =
        from count in Gen.Choose(2, 4)
        from labels in Framed(Alphanumeric + "-", 1, 40).ArrayOf(count)
        select string.Join('.', labels);

    private static readonly Gen<string> Emails =
        from length in Gen.Choose(1, 64)
        from local in Text(LocalCharacters, length)
        from domain in Domains
        select $"{local}@{domain}";

    [Test]
    public void Every_well_formed_username_is_accepted_in_any_case() =>
        ForAll(
            Usernames,
            name =>
                Accepts(Username, name) && Accepts(Username, name.ToUpperInvariant()) && Accepts(Username, Swap(name))
        );

    [Test]
    public void Case_never_affects_whether_a_username_is_accepted() =>
        ForAll(
            Usernames.Or(Reserved()).Or(Broken(Usernames)),
            name =>
                Accepts(Username, name) == Accepts(Username, Swap(name))
                && Accepts(Username, name) == Accepts(Username, name.ToUpperInvariant())
        );

    [Test]
    public void A_forbidden_character_anywhere_makes_a_username_invalid() =>
        ForAll(
            from name in Usernames
            from at in Gen.Choose(0, name.Length)
            from forbidden in Gen.Choose(0, char.MaxValue)
                .Select(code => (char)code)
                .Or(Gen.Elements(" @/\\\"'\0\nä".ToCharArray()))
                .Where(character => !UsernameCharacters.Contains(character, StringComparison.Ordinal))
            select name.Insert(at, forbidden.ToString()),
            name => !Accepts(Username, name)
        );

    [Test]
    public void A_username_begins_and_ends_with_a_letter_or_digit() =>
        ForAll(
            from name in Usernames
            from mark in Gen.Elements('.', '_', '-')
            select (name, mark),
            given =>
                !Accepts(Username, given.mark + given.name[1..]) && !Accepts(Username, given.name[..^1] + given.mark)
        );

    [Test]
    public void A_username_has_three_to_thirty_characters() =>
        ForAll(
            from length in Gen.Choose(1, 40)
            from name in Framed(UsernameCharacters, length, length)
            where !ReservedUsernames.Contains(name)
            select name,
            name => Accepts(Username, name) == name.Length is >= 3 and <= 30
        );

    [Test]
    public void Every_well_formed_address_is_accepted_in_any_case() =>
        ForAll(Emails, email => Accepts(Email, email) && Accepts(Email, Swap(email)));

    [Test]
    public void An_accepted_address_has_one_at_sign_a_dotted_domain_and_a_permitted_length() =>
        ForAll(
            Gen.OneOf(Emails, Broken(Emails), Cut(Emails), Long()),
            email =>
                !Accepts(Email, email)
                || email.Split('@') is [{ Length: >= 1 and <= 64 }, var domain]
                    && email.Length <= 254
                    && domain.Split('.') is { Length: >= 2 } labels
                    && labels.All(label => label.Length is >= 1 and <= 63 && label[0] != '-' && label[^1] != '-')
        );

    [Test]
    public void A_forbidden_character_anywhere_makes_an_address_invalid() =>
        ForAll(
            from email in Emails
            from at in Gen.Choose(0, email.Length)
            from forbidden in Gen.Elements(" \t\n\0\"(),:;<>[\\]@äａ\u202E".ToCharArray())
            select email.Insert(at, forbidden.ToString()),
            email => !Accepts(Email, email)
        );

    [Test]
    public void An_address_has_at_most_254_characters_with_64_before_the_at_sign() =>
        ForAll(
            Long(),
            email =>
                Accepts(Email, email) == (email.Length <= 254 && email.IndexOf('@', StringComparison.Ordinal) <= 64)
        );

    [TestCase("ann@pending.invalid")]
    [TestCase("ann@DELETED.invalid")]
    public void The_domains_of_placeholders_are_not_allowed(string email) =>
        Assert.That(
            Email.Validate(email).Errors.Select(failure => failure.ErrorCode),
            Is.EqualTo([FieldErrorCodes.NotAllowed])
        );

    /// <summary>Generates texts with letters or digits at both ends.</summary>
    private static Gen<string> Framed(string inner, int minLength, int maxLength) =>
        from length in Gen.Choose(minLength, maxLength)
        from first in Text(Alphanumeric, 1)
        from middle in Text(inner, Math.Max(0, length - 2))
        from last in Text(Alphanumeric, Math.Min(1, length - 1))
        select first + middle + last;

    private static Gen<string> Text(string characters, int length) =>
        Gen.Elements(characters.ToCharArray()).ArrayOf(length).Select(text => new string(text));

    /// <summary>Generates well-formed addresses whose lengths are around both limits.</summary>
    private static Gen<string> Long() =>
        from local in Gen.Choose(60, 68)
        from total in Gen.Choose(240, 260)
        select $"{new string('l', local)}@{new string('d', 60)}.{new string('d', 60)}.{new string('d', 50)}.".PadRight(
            total,
            'd'
        );

    /// <summary>Removes, doubles or replaces one character of the text.</summary>
    private static Gen<string> Broken(Gen<string> texts) =>
        from text in texts
        from at in Gen.Choose(0, text.Length - 1)
        from with in Gen.Elements("", $"{text[at]}{text[at]}", "@", ".", "-", "..", ".-", " ")
        select text[..at] + with + text[(at + 1)..];

    private static Gen<string> Cut(Gen<string> texts) =>
        from text in texts
        from at in Gen.Choose(1, text.Length)
        select text[..at];

    private static Gen<string> Reserved() => Gen.Elements("admin", "root", "me", "api", "Support", "www");

    private static string Swap(string text) =>
        string.Concat(
            text.Select(character =>
                char.IsLower(character) ? char.ToUpperInvariant(character) : char.ToLowerInvariant(character)
            )
        );

    private static bool Accepts(InlineValidator<string> validator, string text) => validator.Validate(text).IsValid;

    private static InlineValidator<string> Rule(Action<IRuleBuilder<string, string?>> rule)
    {
        var validator = new InlineValidator<string> { RuleLevelCascadeMode = CascadeMode.Stop };
        rule(validator.RuleFor(text => text));
        return validator;
    }

    private static void ForAll<T>(Gen<T> values, Func<T, bool> property) =>
        Prop.ForAll(values.ToArbitrary(), property).QuickCheckThrowOnFailure();
}
