using Fitnessify.Infrastructure.Persistence;

namespace Fitnessify.Infrastructure.Tests.Persistence;

public sealed class SaveErrorsTests
{
    // SQL Server words the message in the language of the login, with different quotation marks or none.
    [TestCase(
        "Cannot insert duplicate key row in object 'dbo.Users' with unique index 'IX_Users_NormalizedUsername'. The duplicate key value is (ANN).",
        "username_taken"
    )]
    [TestCase(
        "Cannot insert duplicate key row in object 'dbo.Users' with unique index 'IX_Users_NormalizedEmail'. The duplicate key value is (ANN@EXAMPLE.ORG).",
        "email_taken"
    )]
    [TestCase(
        "Eine Zeile mit doppeltem Schlüssel kann in das dbo.Users-Objekt mit dem eindeutigen IX_Users_NormalizedEmail-Index nicht eingefügt werden. Der doppelte Schlüsselwert ist (ANN@EXAMPLE.ORG).",
        "email_taken"
    )]
    [TestCase(
        "Impossible d'insérer une ligne de clé en double dans l'objet « dbo.Users » avec un index unique « IX_Users_NormalizedUsername ». Valeur de clé dupliquée : (ANN).",
        "username_taken"
    )]
    [TestCase(
        "Не удается вставить повторяющуюся строку ключа в объект \"dbo.Users\" с уникальным индексом \"IX_Users_NormalizedUsername\". Повторяющееся значение ключа: (ANN).",
        "username_taken"
    )]
    [TestCase(
        "不能在具有唯一索引“IX_Users_NormalizedUsername”的对象“dbo.Users”中插入重复键的行。重复键值为 (ANN)。",
        "username_taken"
    )]
    [TestCase("SQLite Error 19: 'UNIQUE constraint failed: Users.NormalizedUsername'.", "username_taken")]
    [TestCase("SQLite Error 19: 'UNIQUE constraint failed: Users.NormalizedEmail'.", "email_taken")]
    // No input can violate these indexes, so a violation is a bug.
    [TestCase("SQLite Error 19: 'UNIQUE constraint failed: Users.Id'.", null)]
    [TestCase("SQLite Error 19: 'UNIQUE constraint failed: Roles.NormalizedName'.", null)]
    [TestCase(
        "Cannot insert duplicate key row in object 'dbo.Users' with unique index 'IX_Users_NormalizedEmail2'. The duplicate key value is (ANN).",
        null
    )]
    [TestCase(
        "Violation of PRIMARY KEY constraint 'PK_Users'. Cannot insert duplicate key in object 'dbo.Users'. The duplicate key value is (1).",
        null
    )]
    // The key's value is whatever a client or an issuer has sent, and may look like the name of an index.
    [TestCase(
        "Cannot insert duplicate key row in object 'dbo.Identities' with unique index 'IX_Identities_Subject'. The duplicate key value is (https://issuer.example.org, IX_Users_NormalizedUsername).",
        "identity_taken"
    )]
    [TestCase(
        "Cannot insert duplicate key row in object 'dbo.Users' with unique index 'IX_Users_NormalizedEmail2'. The duplicate key value is ('IX_Users_NormalizedUsername').",
        null
    )]
    [TestCase(
        "Impossible d'insérer une ligne de clé en double dans l'objet « dbo.Identities » avec un index unique « IX_Identities_Subject ». Valeur de clé dupliquée : (https://issuer.example.org, ( IX_Users_NormalizedEmail ).",
        "identity_taken"
    )]
    public async Task A_violated_index_determines_the_error(string message, string? code)
    {
        await using var server = TestRun.Database.Start();
        var errors = server.Get<SaveErrors>();
        using var context = new SqlServerDesignTimeFactory().CreateDbContext([]);

        Assert.That(errors.FindUniqueViolation(context.Model, message)?.Code, Is.EqualTo(code));
    }
}
