using System.Text.RegularExpressions;
using Fitnessify.Application.Common;
using Fitnessify.Architecture.Tests.Support;
using Fitnessify.Domain.Common;
using FluentValidation;
using MediatR;

namespace Fitnessify.Architecture.Tests;

public sealed partial class UseCaseTests
{
    private static readonly Type[] Requests = [.. RequestsOf(Code.Types(Code.All))];

    [Test]
    public void Use_cases_exist() => Assert.That(Requests, Is.Not.Empty);

    [Test]
    public void Every_request_is_a_sealed_record_in_Application_named_as_a_command_or_query() =>
        Assert.That(
            Requests.Where(type =>
                type.Assembly != Code.Application
                || !type.IsSealed
                || type.GetMethod("<Clone>$") is null
                || !RequestName().IsMatch(type.Name)
            ),
            Is.Empty
        );

    [Test]
    public void Every_request_returns_a_result() => Assert.That(WithoutResult(Requests), Is.Empty);

    [Test]
    public void Every_request_with_input_has_exactly_one_validator() =>
        Assert.That(WithoutOneValidator(Requests, Code.Types(Code.All)), Is.Empty);

    [Test]
    public void Every_request_has_exactly_one_handler() =>
        Assert.That(Requests.Where(request => HandlersOf(request).Count() != 1), Is.Empty);

    [Test]
    public void Handlers_are_internal_sealed_and_named_after_the_request() =>
        Assert.That(
            from request in Requests
            from handler in HandlersOf(request)
            where handler is not { IsNotPublic: true, IsSealed: true } || handler.Name != $"{VerbNoun(request)}Handler"
            select handler.FullName,
            Is.Empty
        );

    [Test]
    public void Every_request_has_a_file_of_its_name_in_the_folder_of_its_feature() =>
        Assert.That(Requests.Select(FileOf).Except(Source.Production.Select(file => file.Path)), Is.Empty);

    [Test]
    public void A_use_case_file_contains_only_record_validator_and_handler_in_this_order() =>
        Assert.That(
            from request in Requests
            join file in Source.Production on FileOf(request) equals file.Path
            let declared = file.CodeLines.Select(line => Declaration().Match(line.Text)).Where(match => match.Success)
            let names = declared.Select(match => match.Groups["name"].Value).ToList()
            where !names.SequenceEqual(ExpectedTypes(request))
            select $"{file.Path}: {string.Join(", ", names)}",
            Is.Empty
        );

    [Test]
    public void Every_request_has_tests() =>
        Assert.That(
            Requests.Select(request => $"{VerbNoun(request)}Tests").Except(Source.Tests.Select(file => file.Name)),
            Is.Empty
        );

    [Test]
    public void These_rules_can_fail()
    {
        Type[] types = [.. typeof(UseCaseTests).GetNestedTypes(System.Reflection.BindingFlags.NonPublic)];
        Type[] bad = [typeof(NoValidatorCommand), typeof(TwoValidatorsCommand)];

        Assert.That(WithoutOneValidator(RequestsOf(types), types), Is.EquivalentTo(bad));
        Assert.That(WithoutResult(RequestsOf(types)), Is.EqualTo([typeof(TwoValidatorsCommand)]));
    }

    private static IEnumerable<Type> RequestsOf(IEnumerable<Type> types) =>
        types.Where(type =>
            type is { IsAbstract: false, IsInterface: false } && typeof(IBaseRequest).IsAssignableFrom(type)
        );

    private static IEnumerable<Type> WithoutResult(IEnumerable<Type> requests) =>
        requests.Where(request =>
            Arguments(request, typeof(IRequest<>))
                .Any(answer =>
                    answer != typeof(Result)
                    && !(answer.IsGenericType && answer.GetGenericTypeDefinition() == typeof(Result<>))
                )
        );

    // An id can only be unknown, and a precondition can only fail; neither can be invalid.
    private static bool HasInput(Type request) =>
        request
            .GetProperties()
            .Select(property => Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType)
            .Any(type => type != typeof(Guid) && type != typeof(Precondition));

    private static IEnumerable<Type> WithoutOneValidator(IEnumerable<Type> requests, IEnumerable<Type> types) =>
        from request in requests
        where HasInput(request)
        where types.Count(type => !type.IsAbstract && Arguments(type, typeof(IValidator<>)).Contains(request)) != 1
        select request;

    private static IEnumerable<Type> HandlersOf(Type request) =>
        Code.Types(Code.All).Where(type => Arguments(type, typeof(IRequestHandler<,>)).Contains(request));

    /// <summary>Returns the first type argument of each of these interfaces of the type.</summary>
    private static IEnumerable<Type> Arguments(Type type, Type contract) =>
        from implemented in type.GetInterfaces()
        where implemented.IsGenericType && implemented.GetGenericTypeDefinition() == contract
        select implemented.GetGenericArguments()[0];

    private static string[] ExpectedTypes(Type request) =>
        HasInput(request)
            ? [request.Name, $"{VerbNoun(request)}Validator", $"{VerbNoun(request)}Handler"]
            : [request.Name, $"{VerbNoun(request)}Handler"];

    private static string FileOf(Type request) =>
        $"src/Application/{request.Namespace!["Fitnessify.Application.".Length..]}/{VerbNoun(request)}.cs";

    private static string VerbNoun(Type request) => RequestName().Match(request.Name).Groups["verbNoun"].Value;

    [GeneratedRegex(@"^(?<verbNoun>\w+)(Command|Query)$")]
    private static partial Regex RequestName();

    [GeneratedRegex(
        @"^(public|internal)\b.*?\b(class|record struct|record|struct|interface|enum|delegate)\s+(?<name>\w+)"
    )]
    private static partial Regex Declaration();

    private sealed record NoInputQuery : IRequest<Result<int>>;

    private sealed record OnlyIdCommand(Guid Id) : IRequest<Result>;

    private sealed record OnlyPreconditionCommand(Guid Id, Precondition Precondition) : IRequest<Result>;

    private sealed record NoValidatorCommand(Guid Id, string Text) : IRequest<Result>;

    private sealed record OneValidatorCommand(string Text) : IRequest<Result<int>>;

    private sealed record TwoValidatorsCommand(string Text) : IRequest<string>;

    private sealed class OneValidator : AbstractValidator<OneValidatorCommand>;

    private sealed class FirstValidator : AbstractValidator<TwoValidatorsCommand>;

    private sealed class SecondValidator : AbstractValidator<TwoValidatorsCommand>;
}
