using Fitnessify.Application.Accounts;
using Fitnessify.Domain.Accounts;
using FluentValidation;
using FsCheck;
using FsCheck.Fluent;

namespace Fitnessify.Application.Tests.Accounts;

/// <summary>Whatever the name of a person, its username is one that they could have chosen.</summary>
public sealed class UsernameSuggestionRulesTests
{
    private static readonly InlineValidator<string> Username = Rule();

    private static readonly Gen<char> Characters = Gen.Choose(0, char.MaxValue)
        .Select(code => (char)code)
        .Or(Gen.Elements("abcXYZ019 ._-'\u0301\u0308\uD83D\uDE00\uFFFE\uFFFF\0".ToCharArray()));

    private static readonly Gen<string> Names =
        from length in Gen.Choose(0, 120)
        from characters in Characters.ArrayOf(length)
        select new string(characters);

    [Test]
    public void Is_always_valid() =>
        Prop.ForAll(
                Names.ToArbitrary(),
                name => Accepts(UsernameSuggestion.From(name, false)) && Accepts(UsernameSuggestion.From(name, true))
            )
            .QuickCheckThrowOnFailure();

    [Test]
    public void Is_valid_for_every_reserved_name_and_every_single_character()
    {
        for (var code = 0; code <= char.MaxValue; code++)
        {
            Assert.That(Accepts(UsernameSuggestion.From(((char)code).ToString(), false)), $"U+{code:X4}");
        }

        foreach (var name in new[] { "admin", "Admin", "user", "ME", "dev", "No-Reply", "mailer daemon" })
        {
            Assert.That(Accepts(UsernameSuggestion.From(name, false)), name);
        }
    }

    private static bool Accepts(string username) => Username.Validate(username).IsValid;

    private static InlineValidator<string> Rule()
    {
        var validator = new InlineValidator<string> { RuleLevelCascadeMode = CascadeMode.Stop };
        validator.RuleFor(name => name).Username();
        return validator;
    }
}
