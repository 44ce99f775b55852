using Fitnessify.Application.Auth;
using Fitnessify.Application.Sessions;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Sessions;
using Fitnessify.Domain.Users;
using Moq;

namespace Fitnessify.Application.Tests.Auth;

public sealed class LoginUserTests
{
    private static readonly LoginUserCommand Command = new("nikolas", "correct horse battery", "Pixel 9");
    private static readonly IssuedTokens Tokens = new("access", TimeSpan.FromMinutes(15), "refresh");

    private readonly Mock<IPasswordHashing> _hashing = new();
    private readonly Mock<ISessionRepository> _sessions = new();
    private readonly Mock<ISessionTokens> _tokens = new();
    private readonly ManualClock _clock = new() { Current = Given.Now.AddTicks(1234) };
    private Credentials? _credentials = new(Guid.NewGuid(), "hash", EmailConfirmed: true, IsDisabled: false);
    private Mock<IUnitOfWork> _unitOfWork = Given.UnitOfWork();
    private LoginOptions _loginOptions = new();
    private Result<bool> _verified = true;
    private Session? _added;

    [Test]
    public async Task Starts_a_session_with_owner_device_address_and_lifetime()
    {
        await HandleAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(_added!.OwnerId, Is.EqualTo(_credentials!.UserId));
            Assert.That(_added.Device, Is.EqualTo("Pixel 9"));
            Assert.That(_added.IpAddress, Is.EqualTo("192.0.2.7"));
            Assert.That(_added.CreatedAt, Is.EqualTo(Given.Now));
            Assert.That(_added.ExpiresAt, Is.EqualTo(Given.Now.AddDays(5)));
        }

        _unitOfWork.IsSavedOnce();
    }

    [Test]
    public async Task Answers_with_the_tokens_of_that_session()
    {
        var result = await HandleAsync();

        var expected = new TokensDto("Bearer", "access", 900, "refresh", _added!.ExpiresAt, _added.Id);
        Assert.That(result.Value, Is.EqualTo(expected));
    }

    [Test]
    public async Task Does_the_work_of_a_comparison_for_an_unknown_user_too()
    {
        (_credentials, _verified) = (null, false);

        await FailsWith(UserErrors.InvalidCredentials);

        _hashing.Verify(port => port.VerifyAsync(null, Command.Password, CancellationToken.None), Times.Once);
    }

    [Test]
    public async Task Lets_no_unknown_user_in_whatever_the_comparison_says()
    {
        _credentials = null;

        await FailsWith(UserErrors.InvalidCredentials);
    }

    [Test]
    public async Task Compares_with_the_stored_hash()
    {
        await HandleAsync();

        _hashing.Verify(port => port.VerifyAsync("hash", Command.Password, CancellationToken.None), Times.Once);
        _hashing.VerifyNoOtherCalls();
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Fails_alike_for_known_and_unknown_when_hashing_is_overloaded(bool isKnown)
    {
        _credentials = isKnown ? _credentials : null;
        _verified = CommonErrors.ServiceUnavailable;

        await FailsWith(CommonErrors.ServiceUnavailable);
    }

    [TestCase(false, true, false, "invalid_credentials")]
    [TestCase(false, false, true, "invalid_credentials")]
    [TestCase(true, true, true, "account_disabled")]
    [TestCase(true, true, false, "account_disabled")]
    [TestCase(true, false, false, "email_not_confirmed")]
    public async Task Tells_about_the_account_only_who_knows_the_password(
        bool isRightPassword,
        bool isDisabled,
        bool isConfirmed,
        string code
    )
    {
        _verified = isRightPassword;
        _credentials = _credentials! with { IsDisabled = isDisabled, EmailConfirmed = isConfirmed };
        _loginOptions = new LoginOptions { RequireConfirmedEmail = true };

        var result = await HandleAsync();

        Assert.That(result.Error?.Code, Is.EqualTo(code));
        Assert.That(_added, Is.Null);
        _unitOfWork.IsNeverSaved();
    }

    [Test]
    public async Task Asks_for_a_confirmed_address_only_where_that_is_configured()
    {
        _credentials = _credentials! with { EmailConfirmed = false };

        var result = await HandleAsync();

        Assert.That(result.IsSuccess, Is.True);
    }

    [Test]
    public async Task Issues_no_tokens_for_a_session_that_is_not_saved()
    {
        _unitOfWork = Given.UnitOfWork(Given.Failure);

        var result = await HandleAsync();

        Assert.That(result.Error, Is.EqualTo(Given.Failure));
        _tokens.VerifyNoOtherCalls();
    }

    private async Task FailsWith(Error error)
    {
        var result = await HandleAsync();

        Assert.That(result.Error, Is.EqualTo(error));
        Assert.That(_added, Is.Null);
        _unitOfWork.IsNeverSaved();
    }

    private Task<Result<TokensDto>> HandleAsync()
    {
        var accounts = new Mock<IAccountRepository>();
        accounts
            .Setup(port => port.FindCredentialsAsync(Command.Login, CancellationToken.None))
            .ReturnsAsync(_credentials);
        _hashing
            .Setup(port => port.VerifyAsync(It.IsAny<string?>(), Command.Password, CancellationToken.None))
            .ReturnsAsync(_verified);
        _sessions.Setup(port => port.Add(It.IsAny<Session>())).Callback((Session session) => _added = session);
        _tokens.Setup(port => port.Issue(It.Is<Session>(session => session == _added), Given.Now)).Returns(Tokens);
        var handler = new LoginUserHandler(
            _loginOptions,
            new SessionOptions { IdleDays = 5, AbsoluteDays = 20 },
            accounts.Object,
            _hashing.Object,
            _sessions.Object,
            _tokens.Object,
            Mock.Of<IClient>(client => client.IpAddress == "192.0.2.7"),
            _unitOfWork.Object,
            _clock
        );
        return handler.Handle(Command, CancellationToken.None);
    }
}
