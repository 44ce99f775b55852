using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Common;
using Fitnessify.WebApi.Http.Errors;

namespace Fitnessify.WebApi.Tests.Contract;

public sealed class ErrorsReferenceTests
{
    private const string Document = "errors.md";
    private const string Switch = "FITNESSIFY_WRITE_DOCS";

    [Test]
    public void The_reference_has_advice_for_exactly_the_existing_codes()
    {
        Assert.That(ErrorsReference.Advice.Keys, Is.EquivalentTo(ErrorCatalogue.ByCode.Keys));
        Assert.That(
            ErrorsReference.FieldAdvice.Keys,
            Is.EquivalentTo(ErrorsReference.ConstantsOf(typeof(FieldErrorCodes)))
        );
        Assert.That(
            ErrorsReference.ReasonAdvice.Keys,
            Is.EquivalentTo(ErrorsReference.ConstantsOf(typeof(PasswordReasons)))
        );
    }

    [Test]
    public async Task The_reference_equals_the_committed_document()
    {
        var written = ErrorsReference.Write();
        if (Environment.GetEnvironmentVariable(Switch) == "1")
        {
            await File.WriteAllTextAsync(Path.Combine(Documents.Folder, Document), written);
        }

        Assert.That(
            await Documents.ReadAsync(Document),
            Is.EqualTo(written.ReplaceLineEndings()),
            $"Run this test with {Switch}=1, which writes docs/{Document}, and commit that."
        );
    }
}
