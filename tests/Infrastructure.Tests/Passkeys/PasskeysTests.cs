using Fitnessify.Application.Passkeys;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Passkeys;
using Microsoft.Data.Sqlite;

namespace Fitnessify.Infrastructure.Tests.Passkeys;

/// <summary>Runs the use cases with an authenticator that can produce invalid responses.</summary>
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
    public async Task Registration_requests_a_discoverable_credential_with_user_verification()
    {
        var options = Ceremonies.Read((await _server.SendAsync(new BeginPasskeyCommand(Password))).Value!);

        var selection = options.GetProperty("authenticatorSelection");
        Assert.That(selection.GetProperty("residentKey").GetString(), Is.EqualTo("required"));
        Assert.That(selection.GetProperty("userVerification").GetString(), Is.EqualTo("required"));
        Assert.That(options.GetProperty("rp").GetProperty("id").GetString(), Is.EqualTo("localhost"));
        Assert.That(options.GetProperty("user").GetProperty("name").GetString(), Is.EqualTo(_user.Username));
    }

    [Test]
    public async Task Registration_excludes_existing_passkeys()
    {
        var added = (await AddAsync()).Value!;

        var options = Ceremonies.Read((await _server.SendAsync(new BeginPasskeyCommand(Password))).Value!);

        var known = options.GetProperty("excludeCredentials").EnumerateArray().Single();
        Assert.That(known.GetProperty("id").GetString(), Is.EqualTo(added.Id));
    }

    [Test]
    public async Task A_sign_in_challenge_reveals_no_user()
    {
        await AddAsync();

        var options = Ceremonies.Read((await _server.SendAsync(new BeginPasskeyLoginCommand())).Value!);

        Assert.That(options.GetProperty("allowCredentials").GetArrayLength(), Is.Zero);
    }

    [TestCase("https://evil.example")]
    [TestCase("http://localhost:5081")]
    [TestCase("https://localhost:5080")]
    [TestCase("")]
    public async Task A_response_from_another_origin_is_refused(string origin)
    {
        _authenticator.Origin = origin;
        Assert.That((await AddAsync()).Error, Is.EqualTo(PasskeyErrors.PasskeyInvalid));
        _authenticator.Origin = Origin;
        Assert.That((await AddAsync()).Error, Is.Null);
        _authenticator.Origin = origin;

        Assert.That((await LoginAsync()).Error, Is.EqualTo(PasskeyErrors.PasskeyInvalid));
    }

    [Test]
    public async Task A_response_for_another_domain_is_refused()
    {
        _authenticator.RpId = "evil.example";
        Assert.That((await AddAsync()).Error, Is.EqualTo(PasskeyErrors.PasskeyInvalid));
        _authenticator.RpId = null;
        Assert.That((await AddAsync()).Error, Is.Null);
        _authenticator.RpId = "evil.example";

        Assert.That((await LoginAsync()).Error, Is.EqualTo(PasskeyErrors.PasskeyInvalid));
    }

    [Test]
    public async Task A_response_without_user_verification_is_refused()
    {
        _authenticator.IsUserVerified = false;
        Assert.That((await AddAsync()).Error, Is.EqualTo(PasskeyErrors.PasskeyInvalid));
        _authenticator.IsUserVerified = true;
        Assert.That((await AddAsync()).Error, Is.Null);
        _authenticator.IsUserVerified = false;

        Assert.That((await LoginAsync()).Error, Is.EqualTo(PasskeyErrors.PasskeyInvalid));
    }

    [Test]
    public async Task A_response_to_another_challenge_is_refused()
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
    public async Task A_response_signed_by_another_key_is_refused()
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
    public async Task A_signature_counter_that_does_not_increase_is_refused(uint first, uint second, bool counts)
    {
        await AddAsync();
        _authenticator.Counter = first;
        Assert.That((await LoginAsync()).Error, Is.Null);
        _authenticator.Counter = second;

        Assert.That((await LoginAsync()).IsSuccess, Is.EqualTo(counts));
    }

    [Test]
    public async Task One_of_twenty_concurrent_uses_of_a_response_signs_in()
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
    public async Task One_of_twenty_concurrent_uses_of_a_response_creates_a_passkey()
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
    public async Task A_user_cannot_register_the_passkey_of_another()
    {
        await AddAsync();
        await SignIn();

        Assert.That((await AddAsync()).Error, Is.EqualTo(PasskeyErrors.PasskeyInvalid));
    }

    [Test]
    public async Task A_user_cannot_remove_the_passkey_of_another()
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
    public async Task An_invalid_id_finds_no_passkey(string id) =>
        Assert.That(
            (await _server.SendAsync(new RemovePasskeyCommand(id, Password))).Error,
            Is.EqualTo(CommonErrors.NotFound)
        );

    [Test]
    public async Task An_id_that_is_too_long_for_a_key_is_refused()
    {
        using var huge = new SoftAuthenticator(Origin) { Id = new byte[Passkey.IdMaxBytes + 1] };
        var begun = (await _server.SendAsync(new BeginPasskeyCommand(Password))).Value!;

        var add = new AddPasskeyCommand(begun.ChallengeToken, Ceremonies.Json(huge.Create(Ceremonies.Read(begun))));
        Assert.That((await _server.SendAsync(add)).Error, Is.EqualTo(PasskeyErrors.PasskeyInvalid));
    }

    [TestCase("""{"id":1}""")]
    [TestCase("""{"id":"AQID","rawId":"AQID","type":"public-key","response":{},"clientExtensionResults":{}}""")]
    public async Task A_malformed_response_is_refused(string credential)
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
    public async Task An_outage_is_not_reported_as_an_invalid_response()
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
