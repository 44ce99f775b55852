using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Fitnessify.Client;

namespace Fitnessify.Clients.Tests;

/// <summary>The sign-in with an identity. The connection answers for the routes of identities, and the server for all others.</summary>
public sealed class IdentityTests
{
    private const string Login = "POST /api/v1/auth/login/identity";
    private const string Link = "POST /api/v1/users/me/identities";
    private const string LinkToken = "what links it";
    private const string Json = "application/json";
    private const string Identity =
        """{"id":"6f1b0f0e-6c39-4d1c-9d4e-3f8f0f1f6a11","provider":"google","email":null,"createdAt":"2030-01-01T00:00:00Z"}""";

    private readonly List<string> _identityCalls = [];
    private Device _device = null!;
    private string _username = null!;
    private Func<HttpResponseMessage> _login = null!;
    private Func<HttpResponseMessage> _link = null!;

    private Line Line => _device.Line;

    private FitnessifySession Session => _device.Session;

    private static LoginIdentityCommand GoogleIdentity =>
        new()
        {
            Provider = "google",
            IdToken = "header.payload.signature",
            Nonce = "made by the app",
        };

    [SetUp]
    public async Task SignUpAndOut()
    {
        _device = await Device.SignUpAsync(SharedServer.Instance);
        _username = (await _device.Api.Users.GetMeAsync()).Username!;
        await Session.SignOutAsync();
        _identityCalls.Clear();
        _login = () => Line.Problem(409, "identity_not_linked", members: $""","linkToken":"{LinkToken}" """);
        _link = () => Line.Answer(201, Json, Identity);
        Line.Before = call =>
        {
            if (call is Login or Link)
            {
                _identityCalls.Add(call);
            }

            return call switch
            {
                Login => _login(),
                Link => _link(),
                _ => null,
            };
        };
    }

    [TearDown]
    public void Close() => Session.Dispose();

    [TestCase(200)]
    [TestCase(201)]
    public async Task An_identity_signs_in(int status)
    {
        var answered = await Session.SignInAsync(_username, Server.Password);
        _device.Tokens = null;
        _device.Restart(SharedServer.Instance.Address);
        _login = () => Line.Answer(status, Json, JsonSerializer.Serialize(answered));
        var identity = GoogleIdentity;
        (identity.AuthorizationCode, identity.DisplayName, identity.Device) = ("Apple's code", "Ann", "Phone");

        var tokens = await Session.SignInWithIdentityAsync(identity, NeverCalledAsync);

        Assert.That(_device.Tokens, Is.SameAs(tokens));
        Assert.That(tokens.AccessToken, Is.EqualTo(answered.AccessToken));
        Assert.That(
            Body(Login),
            Is.EquivalentTo(
                new Dictionary<string, string?>
                {
                    ["provider"] = "google",
                    ["idToken"] = "header.payload.signature",
                    ["nonce"] = "made by the app",
                    ["authorizationCode"] = "Apple's code",
                    ["displayName"] = "Ann",
                    ["device"] = "Phone",
                }
            )
        );
        Assert.That((await _device.Api.Users.GetMeAsync()).Username, Is.EqualTo(_username));
    }

    [Test]
    public void Without_a_callback_an_identity_that_is_not_linked_is_a_typed_error()
    {
        var refusal = Assert.ThrowsAsync<IdentityNotLinkedException>(() =>
            Session.SignInWithIdentityAsync(GoogleIdentity)
        )!;
        Assert.That((refusal.Code, refusal.Status), Is.EqualTo((ErrorCode.IdentityNotLinked, 409)));
        Assert.That(refusal.LinkToken, Is.EqualTo(LinkToken));
        Assert.That(_device.Tokens, Is.Null);
    }

    [TestCase("")]
    [TestCase(""","linkToken":null""")]
    public void An_identity_that_cannot_be_linked_for_lack_of_a_token_is_a_typed_error(string members)
    {
        _login = () => Line.Problem(409, "identity_not_linked", members: members);
        var refusal = Assert.ThrowsAsync<IdentityNotLinkedException>(() =>
            Session.SignInWithIdentityAsync(GoogleIdentity, NeverCalledAsync)
        )!;
        Assert.That(refusal.LinkToken, Is.Empty);
    }

    [Test]
    public async Task An_identity_is_linked_after_a_sign_in_with_the_password()
    {
        TokensDto? started = null;
        var tokens = await Session.SignInWithIdentityAsync(
            GoogleIdentity,
            async refusal =>
            {
                Assert.That(refusal.LinkToken, Is.EqualTo(LinkToken));
                started = await Session.SignInAsync(_username, Server.Password);
                return new() { Password = Server.Password };
            }
        );
        Assert.That(tokens, Is.SameAs(started));
        Assert.That(_device.Tokens, Is.SameAs(tokens));
        Assert.That(_identityCalls, Is.EqualTo((string[])[Login, Link]));
        Assert.That(Given(Link), Is.EqualTo($"linkToken={LinkToken} password={Server.Password}"));
    }

    [Test]
    public async Task An_identity_is_linked_after_a_sign_in_with_MFA()
    {
        var recoveryCodes = await TurnMfaOnAsync();
        await Session.SignInWithIdentityAsync(
            GoogleIdentity,
            async _ =>
            {
                await SignInWithMfaAsync(recoveryCodes[0]);
                return new() { Password = Server.Password, RecoveryCode = recoveryCodes[1] };
            }
        );
        var expected = $"linkToken={LinkToken} password={Server.Password} recoveryCode={recoveryCodes[1]}";
        Assert.That(Given(Link), Is.EqualTo(expected));
        Assert.That((await _device.Api.Mfa.GetAsync()).Enabled, Is.True);
    }

    [Test]
    public async Task A_code_links_too()
    {
        await Session.SignInWithIdentityAsync(
            GoogleIdentity,
            async _ =>
            {
                await Session.SignInAsync(_username, Server.Password);
                return new() { Password = Server.Password, Code = "123456" };
            }
        );
        Assert.That(Given(Link), Is.EqualTo($"linkToken={LinkToken} password={Server.Password} code=123456"));
    }

    [Test]
    public async Task A_callback_that_has_reauthenticated_the_session_returns_null()
    {
        var recoveryCodes = await TurnMfaOnAsync();
        await Session.SignInWithIdentityAsync(
            GoogleIdentity,
            async _ =>
            {
                await SignInWithMfaAsync(recoveryCodes[0]);
                var proof = new ReauthenticateCommand { Password = Server.Password, RecoveryCode = recoveryCodes[1] };
                await _device.Api.Auth.ReauthenticateAsync(proof);
                return null;
            }
        );
        Assert.That(Given(Link), Is.EqualTo($"linkToken={LinkToken}"));
    }

    [Test]
    public void A_second_factor_after_the_identity_itself_is_reported_as_after_a_password()
    {
        _login = () => Line.Problem(401, "mfa_required", members: ""","challengeToken":"half","methods":["totp"]""");
        var required = Assert.ThrowsAsync<MfaRequiredException>(() =>
            Session.SignInWithIdentityAsync(GoogleIdentity, NeverCalledAsync)
        )!;
        Assert.That(required.ChallengeToken, Is.EqualTo("half"));
    }

    [Test]
    public void A_callback_that_does_not_sign_in_links_nothing()
    {
        var error = Assert.ThrowsAsync<InvalidOperationException>(() =>
            Session.SignInWithIdentityAsync(GoogleIdentity, _ => Proof())
        )!;
        Assert.That(error.Message, Does.Contain("has not signed in"));
        Assert.That(error.InnerException, Is.TypeOf<IdentityNotLinkedException>());
        Assert.That(_identityCalls, Is.EqualTo((string[])[Login]));
    }

    [Test]
    public async Task A_session_of_before_the_callback_links_nothing()
    {
        var former = await Session.SignInAsync(_username, Server.Password);
        Assert.That(
            () => Session.SignInWithIdentityAsync(GoogleIdentity, _ => Proof()),
            Throws.TypeOf<InvalidOperationException>()
        );
        Assert.That(_identityCalls, Is.EqualTo((string[])[Login]));
        Assert.That(_device.Tokens, Is.SameAs(former));
    }

    [Test]
    public async Task What_the_callback_throws_reaches_the_app()
    {
        await TurnMfaOnAsync();
        Assert.That(
            () =>
                Session.SignInWithIdentityAsync(
                    GoogleIdentity,
                    async _ =>
                    {
                        await Session.SignInAsync(_username, Server.Password);
                        return null;
                    }
                ),
            Throws.TypeOf<MfaRequiredException>()
        );
        Assert.That(_identityCalls, Is.EqualTo((string[])[Login]));
    }

    [Test]
    public async Task After_a_failed_link_the_session_stays_signed_in()
    {
        _link = () => Line.Problem(403, "reauthentication_failed");
        var refusal = Assert.ThrowsAsync<FitnessifyException>(() =>
            Session.SignInWithIdentityAsync(
                GoogleIdentity,
                async _ =>
                {
                    await Session.SignInAsync(_username, Server.Password);
                    return new() { Password = "seven quiet otters paint" };
                }
            )
        )!;
        Assert.That(refusal.Code, Is.EqualTo(ErrorCode.ReauthenticationFailed));
        Assert.That((await _device.Api.Users.GetMeAsync()).Username, Is.EqualTo(_username));
    }

    [Test]
    public async Task The_tokens_are_those_after_the_link_which_may_have_refreshed_them()
    {
        TokensDto? started = null;
        var tokens = await Session.SignInWithIdentityAsync(
            GoogleIdentity,
            async _ =>
            {
                started = await Session.SignInAsync(_username, Server.Password);
                Line.Expire(started);
                return await Proof();
            }
        );
        Assert.That(tokens.AccessToken, Is.Not.EqualTo(started!.AccessToken));
        Assert.That(_device.Tokens, Is.SameAs(tokens));
    }

    [TestCase(200, "{}")]
    [TestCase(201, """{"accessToken":"only this"}""")]
    [TestCase(200, "null")]
    public async Task An_answer_without_tokens_is_no_sign_in(int status, string body)
    {
        var kept = await Session.SignInAsync(_username, Server.Password);
        _login = () => Line.Answer(status, Json, body);
        Assert.That(
            () => Session.SignInWithIdentityAsync(GoogleIdentity, NeverCalledAsync),
            Throws.TypeOf<ConnectionException>()
        );
        Assert.That(_device.Tokens, Is.SameAs(kept));
    }

    [Test]
    public async Task The_callback_runs_where_the_app_has_made_the_call()
    {
        SynchronizationContext? seen = null;
        var context = new PostingContext();
        await context.Call(() =>
            Session.SignInWithIdentityAsync(
                GoogleIdentity,
                async _ =>
                {
                    seen = SynchronizationContext.Current;
                    await Session.SignInAsync(_username, Server.Password).ConfigureAwait(false);
                    return null;
                }
            )
        );
        Assert.That(seen, Is.SameAs(context));
    }

    [Test]
    public async Task The_step_of_a_sign_in_runs_where_the_app_has_made_the_call()
    {
        SynchronizationContext? seen = null;
        var context = new PostingContext();
        await context.Call(() =>
            Session.SignInWithAsync(api =>
            {
                seen = SynchronizationContext.Current;
                return api.Auth.LoginAsync(new() { Login = _username, Password = Server.Password });
            })
        );
        Assert.That(seen, Is.SameAs(context));
    }

    [Test]
    public void Each_nonce_is_another_one_of_256_bits_in_base64url_with_its_digest()
    {
        var nonces = Enumerable.Range(0, 200).Select(_ => IdentityNonce.Create()).ToList();
        Assert.That(nonces.Select(nonce => nonce.Nonce), Is.Unique.And.All.Match("^[A-Za-z0-9_-]{43}$"));
        // Both characters that differ from base64 occur.
        Assert.That(string.Concat(nonces.Select(nonce => nonce.Nonce)), Does.Contain('-').And.Contain('_'));
        Assert.That(
            nonces.Select(nonce => nonce.Digest),
            Is.EqualTo(
                nonces.Select(nonce => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(nonce.Nonce))))
            )
        );
    }

    private static Task<ReauthenticationProof?> NeverCalledAsync(IdentityNotLinkedException refusal) =>
        throw new AssertionException("The callback is not for this.");

    private static Task<ReauthenticationProof?> Proof() =>
        Task.FromResult<ReauthenticationProof?>(new() { Password = Server.Password });

    // These are the members that are not null, in the order of the command.
    private string Given(string call) =>
        string.Join(
            ' ',
            Body(call).Where(member => member.Value is not null).Select(member => $"{member.Key}={member.Value}")
        );

    private Dictionary<string, string?> Body(string call) =>
        JsonSerializer.Deserialize<Dictionary<string, string?>>(Line.Body(call))!;

    private async Task<IReadOnlyList<string>> TurnMfaOnAsync()
    {
        await Session.SignInAsync(_username, Server.Password);
        var enrolment = await _device.Api.Mfa.EnrolTotpAsync(new() { Password = Server.Password });
        var codes = await _device.Api.Mfa.ConfirmTotpAsync(new() { Code = Totp.Code(enrolment.Secret, 0) });
        await Session.SignOutAsync();
        return codes.RecoveryCodes;
    }

    private async Task SignInWithMfaAsync(string recoveryCode)
    {
        var required = Assert.ThrowsAsync<MfaRequiredException>(() => Session.SignInAsync(_username, Server.Password))!;
        var answer = new VerifyMfaCommand { ChallengeToken = required.ChallengeToken };
        answer.RecoveryCode = recoveryCode;
        await Session.SignInWithAsync(api => api.Auth.VerifyMfaAsync(answer));
    }

    /// <summary>Runs what is posted to it with itself as the current context, as that of a user interface does.</summary>
    private sealed class PostingContext : SynchronizationContext
    {
        public Task<TokensDto> Call(Func<Task<TokensDto>> call)
        {
            var former = Current;
            SetSynchronizationContext(this);
            try
            {
                return call();
            }
            finally
            {
                SetSynchronizationContext(former);
            }
        }

        public override void Post(SendOrPostCallback d, object? state) =>
            ThreadPool.QueueUserWorkItem(_ =>
            {
                SetSynchronizationContext(this);
                d(state);
                SetSynchronizationContext(null);
            });
    }
}
