using AutoMapper;
using Fitnessify.Application.Common;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Sessions;
using FluentValidation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Fitnessify.Application.Tests.Support;

/// <summary>Values that the tests of several use cases start from.</summary>
internal static class Given
{
    public const string IpAddress = "192.0.2.7";

    public static readonly DateTimeOffset Now = new(2026, 3, 14, 15, 9, 26, 535, TimeSpan.Zero);

    public static readonly IMapper Mapper = new ServiceCollection()
        .AddApplication()
        .BuildServiceProvider()
        .GetRequiredService<IMapper>();

    /// <summary>A clock that stands still at that time.</summary>
    public static FakeTimeProvider Clock() => new(Now);

    /// <summary>An arbitrary error; a use case returns it unchanged.</summary>
    public static readonly Error Failure = new(ErrorKind.Conflict, "any_failure", "Anything.");

    public static AccountProfile User() =>
        new(
            Guid.NewGuid(),
            AccountKind.Member,
            "nikolas",
            "niko.kern@example.com",
            true,
            "Niko",
            "de",
            "Europe/Berlin",
            ["password"],
            Now.AddDays(-7),
            [Roles.Member, Roles.Support],
            [Permissions.ReadAudit, Permissions.ReadUsers]
        );

    /// <summary>A session that started an hour ago, with an idle lifetime of thirty days and an absolute one of ninety.</summary>
    public static Session Session(Guid ownerId, string? device = "Pixel 9", DateTimeOffset? startedAt = null) =>
        Domain.Sessions.Session.Start(
            ownerId,
            device,
            IpAddress,
            new SessionLifetime(TimeSpan.FromDays(30), TimeSpan.FromDays(90), TimeSpan.FromDays(30)),
            startedAt ?? Now.AddHours(-1)
        );

    /// <summary>Returns the errors of a request, each as <c>path: code</c> in the names of the API.</summary>
    public static IEnumerable<string> ErrorsOf<T>(this IValidator<T> validator, T request) =>
        validator
            .Validate(request)
            .Errors.Select(failure => failure.ToFieldError())
            .Select(error => $"{string.Join('/', error.Path)}: {error.Code}");

    /// <summary>Returns the errors as one text, which is empty for a valid request.</summary>
    public static string ErrorTextOf<T>(this IValidator<T> validator, T request) =>
        string.Join(", ", validator.ErrorsOf(request));
}

/// <summary>Invalid texts by a name for their defect, because half a surrogate pair has no readable name.</summary>
internal static class BadText
{
    public static readonly (string Name, string Text)[] All =
    [
        ("NUL", "ab\0cd"),
        ("a line feed", "ab\ncd"),
        ("a tab", "ab\tcd"),
        ("an escape", "ab\u001Bcd"),
        ("a C1 control", "ab\u0085cd"),
        ("a high surrogate alone", "ab\uD83Dcd"),
        ("a low surrogate alone", "ab\uDE00cd"),
        ("a high surrogate at the end", "abcd\uD83D"),
        ("surrogates the wrong way round", "ab\uDE00\uD83Dcd"),
        ("a swapped byte order mark", "ab\uFFFEcd"),
        ("a right-to-left override", "ab\u202Ecd"),
        ("a left-to-right embedding", "ab\u202Acd"),
        ("a left-to-right isolate", "ab\u2066cd"),
        ("a pop of an isolate", "ab\u2069cd"),
    ];

    /// <summary>The texts that are still invalid in a pasted line.</summary>
    public static IEnumerable<(string Name, string Text)> InLines =>
        All.Where(bad => !bad.Text.Any(PastedText.IsDirectionMark));
}
