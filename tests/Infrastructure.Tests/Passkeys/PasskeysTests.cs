using Fitnessify.Application.Passkeys;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Passkeys;
using Microsoft.Data.Sqlite;

namespace Fitnessify.Infrastructure.Tests.Passkeys;

/// <summary>Through the use cases, with an authenticator that can be made to lie.</summary>
public sealed class PasskeysTests : IAsyncDisposable
{
    private const string Password = "correct horse battery staple";
    private const string Origin = "http://localhost:5080";

    private readonly Instance _server = TestRun.Database.Start();
    private readonly SoftAuthenticator _authenticator = new(Origin);
    private AccountProfile _user = null!;

    [SetUp]
    public async Task SignIn()
    {
        _user = await _server.SignUpAsync(Password);
        _server.Caller.Session = await _server.SignInAsync(_user.Id);
    }

    public async ValueTask DisposeAsync()
    {
        _authenticator.Dispose();
        await _server.DisposeAsync();
    }

    [Test]
    public async Task A_passkey_is_listed_with_its_name_and_signs_its_user_in()
    {
        var added = (await AddAsync()).Value!;

        var listed = (await _server.SendAsync(new ListPasskeysQuery())).Value!.Items;
        Assert.That(listed, Is.EqualTo([added]));
        Assert.That((added.Name, added.CreatedAt), Is.EqualTo(("Laptop", _server.Clock.Now())));
        Assert.That((await LoginAsync()).Error, Is.Null);
    }

    [Test]
    public async Task Asks_for_a_passkey_that_needs_no_username_and_makes_sure_who_holds_it()
    {
        var options = Ceremonies.Read((await _server.SendAsync(new BeginPasskeyCommand(Password))).Value!);

        var selection = options.GetProperty("authenticatorSelection");
        Assert.That(selection.GetProperty("residentKey").GetString(), Is.EqualTo("required"));
        Assert.That(selection.GetProperty("userVerification").GetString(), Is.EqualTo("required"));
        Assert.That(options.GetProperty("rp").GetProperty("id").GetString(), Is.EqualTo("localhost"));
        Assert.That(options.GetProperty("user").GetProperty("name").GetString(), Is.EqualTo(_user.Username));
    }

    [Test]
    public async Task Tells_authenticators_which_passkeys_they_hold_already()
    {
        var added = (await AddAsync()).Value!;

        var options = Ceremonies.Read((await _server.SendAsync(new BeginPasskeyCommand(Password))).Value!);

        var known = options.GetProperty("excludeCredentials").EnumerateArray().Single();
        Assert.That(known.GetProperty("id").GetString(), Is.EqualTo(added.Id));
    }

    [Test]
    public async Task A_question_to_sign_in_tells_nothing_of_anybody()
    {
        await AddAsync();

        var options = Ceremonies.Read((await _server.SendAsync(new BeginPasskeyLoginCommand())).Value!);

        Assert.That(options.GetProperty("allowCredentials").GetArrayLength(), Is.Zero);
    }

    [TestCase("https://evil.example")]
    [TestCase("http://localhost:5081")]
    [TestCase("https://localhost:5080")]
    [TestCase("")]
    public async Task An_answer_from_another_origin_does_not_count(string origin)
    {
        _authenticator.Origin = origin;
        Assert.That((await AddAsync()).Error, Is.EqualTo(PasskeyErrors.PasskeyInvalid));
        _authenticator.Origin = Origin;
        Assert.That((await AddAsync()).Error, Is.Null);
        _authenticator.Origin = origin;

        Assert.That((await LoginAsync()).Error, Is.EqualTo(PasskeyErrors.PasskeyInvalid));
    }

    [Test]
    public async Task An_answer_for_another_domain_does_not_count()
    {
        _authenticator.RpId = "evil.example";
        Assert.That((await AddAsync()).Error, Is.EqualTo(PasskeyErrors.PasskeyInvalid));
        _authenticator.RpId = null;
        Assert.That((await AddAsync()).Error, Is.Null);
        _authenticator.RpId = "evil.example";

        Assert.That((await LoginAsync()).Error, Is.EqualTo(PasskeyErrors.PasskeyInvalid));
    }

    [Test]
    public async Task An_answer_without_a_finger_does_not_count()
    {
        _authenticator.IsUserVerified = false;
        Assert.That((await AddAsync()).Error, Is.EqualTo(PasskeyErrors.PasskeyInvalid));
        _authenticator.IsUserVerified = true;
        Assert.That((await AddAsync()).Error, Is.Null);
        _authenticator.IsUserVerified = false;

        Assert.That((await LoginAsync()).Error, Is.EqualTo(PasskeyErrors.PasskeyInvalid));
    }

    [Test]
    public async Task An_answer_to_another_question_does_not_count()
    {
        await AddAsync();
        var answered = (await _server.SendAsync(new BeginPasskeyLoginCommand())).Value!;
        var other = (await _server.SendAsync(new BeginPasskeyLoginCommand())).Value!;

        var login = new LoginPasskeyCommand(
            other.ChallengeToken,
            Ceremonies.Json(_authenticator.Get(Ceremonies.Read(answered)))
        );
        Assert.That((await _server.SendAsync(login)).Error, Is.EqualTo(PasskeyErrors.PasskeyInvalid));
    }

    [Test]
    public async Task An_answer_signed_by_another_key_does_not_count()
    {
        await AddAsync();
        using var other = new SoftAuthenticator(Origin) { Id = _authenticator.Id };
        other.Create(Ceremonies.Read((await _server.SendAsync(new BeginPasskeyCommand(Password))).Value!));

        Assert.That((await LoginAsync(other)).Error, Is.EqualTo(PasskeyErrors.PasskeyInvalid));
    }

    [TestCase(4u, 5u, true)]
    [TestCase(5u, 5u, false)]
    [TestCase(5u, 4u, false)]
    [TestCase(5u, 0u, false)]
    [TestCase(0u, 0u, true)]
    public async Task A_counter_that_does_not_go_on_shows_a_copy(uint first, uint second, bool counts)
    {
        await AddAsync();
        _authenticator.Counter = first;
        Assert.That((await LoginAsync()).Error, Is.Null);
        _authenticator.Counter = second;

        Assert.That((await LoginAsync()).IsSuccess, Is.EqualTo(counts));
    }

    [Test]
    public async Task One_answer_signs_in_once_for_twenty_at_the_same_time()
    {
        await AddAsync();
        var login = await _server.AuthenticationAsync(_authenticator);

        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => _server.SendAsync(login))));

        Assert.That(results.Count(result => result.IsSuccess), Is.EqualTo(1));
        Assert.That(
            results.Where(result => !result.IsSuccess).Select(result => result.Error),
            Is.All.EqualTo(PasskeyErrors.PasskeyInvalid)
        );
    }

    [Test]
    public async Task One_answer_makes_one_passkey_for_twenty_at_the_same_time()
    {
        var add = await _server.RegistrationAsync(_authenticator, Password);

        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => _server.SendAsync(add))));

        Assert.That(results.Count(result => result.IsSuccess), Is.EqualTo(1));
        Assert.That(
            results.Where(result => !result.IsSuccess).Select(result => result.Error),
            Is.All.EqualTo(PasskeyErrors.PasskeyInvalid)
        );
    }

    [Test]
    public async Task Nobody_registers_the_passkey_of_somebody_else()
    {
        await AddAsync();
        await SignIn();

        Assert.That((await AddAsync()).Error, Is.EqualTo(PasskeyErrors.PasskeyInvalid));
    }

    [Test]
    public async Task Nobody_removes_the_passkey_of_somebody_else()
    {
        var added = (await AddAsync()).Value!;
        await SignIn();

        var removed = await _server.SendAsync(new RemovePasskeyCommand(added.Id, Password));

        Assert.That(removed.Error, Is.EqualTo(CommonErrors.NotFound));
        Assert.That((await LoginAsync()).Error, Is.Null);
    }

    [TestCase("???")]
    [TestCase("")]
    [TestCase("AQID")]
    public async Task There_is_no_passkey_of_an_id_that_is_none(string id) =>
        Assert.That(
            (await _server.SendAsync(new RemovePasskeyCommand(id, Password))).Error,
            Is.EqualTo(CommonErrors.NotFound)
        );

    [Test]
    public async Task An_id_that_does_not_fit_into_a_key_is_refused()
    {
        using var huge = new SoftAuthenticator(Origin) { Id = new byte[Passkey.IdMaxBytes + 1] };
        var begun = (await _server.SendAsync(new BeginPasskeyCommand(Password))).Value!;

        var add = new AddPasskeyCommand(begun.ChallengeToken, Ceremonies.Json(huge.Create(Ceremonies.Read(begun))));
        Assert.That((await _server.SendAsync(add)).Error, Is.EqualTo(PasskeyErrors.PasskeyInvalid));
    }

    [TestCase("""{"id":1}""")]
    [TestCase("""{"id":"AQID","rawId":"AQID","type":"public-key","response":{},"clientExtensionResults":{}}""")]
    public async Task Anything_else_is_no_answer(string credential)
    {
        var forNew = (await _server.SendAsync(new BeginPasskeyCommand(Password))).Value!.ChallengeToken;
        var toSignIn = (await _server.SendAsync(new BeginPasskeyLoginCommand())).Value!.ChallengeToken;

        var added = await _server.SendAsync(new AddPasskeyCommand(forNew, Ceremonies.Json(credential)));
        var signedIn = await _server.SendAsync(new LoginPasskeyCommand(toSignIn, Ceremonies.Json(credential)));

        Assert.That(
            (added.Error, signedIn.Error),
            Is.EqualTo((PasskeyErrors.PasskeyInvalid, PasskeyErrors.PasskeyInvalid))
        );
    }

    [Test]
    public async Task An_outage_is_no_wrong_answer()
    {
        await AddAsync();
        var login = await _server.AuthenticationAsync(_authenticator);
        _server.Commands.Before = command =>
            command.CommandText.Contains("Passkeys", StringComparison.Ordinal)
                ? throw new SqliteException("disk I/O error", 10)
                : Task.CompletedTask;

        var outage = Assert.CatchAsync(() => _server.SendAsync(login))!;

        Assert.That(_server.Get<IOutages>().IsOutage(outage), Is.True);
        _server.Commands.Before = null;
        Assert.That((await _server.SendAsync(login)).Error, Is.Null);
    }

    private async Task<Result<PasskeyDto>> AddAsync() =>
        await _server.SendAsync(await _server.RegistrationAsync(_authenticator, Password, "Laptop"));

    private async Task<Result<Application.Auth.TokensDto>> LoginAsync(SoftAuthenticator? authenticator = null) =>
        await _server.SendAsync(await _server.AuthenticationAsync(authenticator ?? _authenticator));
}
