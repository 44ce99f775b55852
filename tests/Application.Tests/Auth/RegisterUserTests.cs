using Fitnessify.Application.Auth;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Application.Users;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Users;
using Moq;

namespace Fitnessify.Application.Tests.Auth;

public sealed class RegisterUserTests
{
    private static readonly RegisterUserCommand Command = new("nikolas", "kern@example.com", "correct horse battery");

    private readonly List<string> _calls = [];
    private readonly ManualClock _clock = new();
    private Result<int> _score = 4;
    private Result<string> _hash = "hash";
    private Result _saved = Result.Success;
    private NewAccount? _added;

    [Test]
    public async Task Scores_hashes_adds_and_saves_in_this_order()
    {
        var result = await HandleAsync();

        Assert.That(result.IsSuccess, Is.True);
        Assert.That(_calls, Is.EqualTo(["score", "hash", "add", "save"]));
    }

    [Test]
    public async Task Adds_the_account_with_the_hash_and_the_time_in_milliseconds()
    {
        _clock.Current = Given.Now.AddTicks(1234);

        await HandleAsync();

        Assert.That(_added, Is.EqualTo(new NewAccount("nikolas", "kern@example.com", "hash", Given.Now)));
    }

    [Test]
    public async Task Answers_with_the_new_user()
    {
        var result = await HandleAsync();

        var user = result.Value!;
        Assert.That(
            (user.Username, user.Email, user.EmailConfirmed, user.CreatedAt),
            Is.EqualTo(("nikolas", "kern@example.com", false, Given.Now))
        );
        Assert.That(user.Roles, Is.EqualTo([Roles.Member]));
    }

    [Test]
    public async Task Refuses_a_weak_password_before_it_hashes()
    {
        _score = 0;

        var result = await HandleAsync();

        Assert.That(result.Error?.Code, Is.EqualTo("password_rejected"));
        Assert.That(_calls, Is.EqualTo(["score"]));
    }

    [Test]
    public async Task Adds_nothing_when_strength_cannot_be_scored_now()
    {
        _score = CommonErrors.ServiceUnavailable;

        var result = await HandleAsync();

        Assert.That(result.Error, Is.EqualTo(CommonErrors.ServiceUnavailable));
        Assert.That(_calls, Is.EqualTo(["score"]));
    }

    [Test]
    public async Task Adds_nothing_when_the_password_cannot_be_hashed_now()
    {
        _hash = CommonErrors.ServiceUnavailable;

        var result = await HandleAsync();

        Assert.That(result.Error, Is.EqualTo(CommonErrors.ServiceUnavailable));
        Assert.That(_calls, Is.EqualTo(["score", "hash"]));
    }

    [Test]
    public async Task Passes_on_what_saving_says()
    {
        _saved = UserErrors.UsernameTaken;

        var result = await HandleAsync();

        Assert.That(result.Error, Is.EqualTo(UserErrors.UsernameTaken));
    }

    private Task<Result<UserDto>> HandleAsync()
    {
        var strength = new Mock<IPasswordStrength>();
        strength
            .Setup(port => port.ScoreAsync(Command.Password, It.IsAny<IReadOnlyList<string>>(), CancellationToken.None))
            .Callback(() => _calls.Add("score"))
            .ReturnsAsync(() => _score);
        var hashing = new Mock<IPasswordHashing>();
        hashing
            .Setup(port => port.HashAsync(Command.Password, CancellationToken.None))
            .Callback(() => _calls.Add("hash"))
            .ReturnsAsync(() => _hash);
        var accounts = new Mock<IAccountRepository>();
        accounts
            .Setup(port => port.AddAsync(It.IsAny<NewAccount>(), CancellationToken.None))
            .Callback(
                (NewAccount account, CancellationToken _) =>
                {
                    _calls.Add("add");
                    _added = account;
                }
            )
            .ReturnsAsync(
                (NewAccount account, CancellationToken _) =>
                    new User(
                        Guid.NewGuid(),
                        account.Username,
                        account.Email,
                        false,
                        account.CreatedAt,
                        [Roles.Member],
                        []
                    )
            );
        var unitOfWork = new Mock<IUnitOfWork>();
        unitOfWork
            .Setup(unit => unit.SaveChangesAsync(CancellationToken.None))
            .Callback(() => _calls.Add("save"))
            .ReturnsAsync(() => _saved);
        var handler = new RegisterUserHandler(
            new PasswordPolicy(new PasswordPolicyOptions(), strength.Object),
            hashing.Object,
            accounts.Object,
            unitOfWork.Object,
            DependencyInjection.CreateMapperConfiguration().CreateMapper(),
            _clock
        );
        return handler.Handle(Command, CancellationToken.None);
    }
}
