using System.Reflection;
using System.Text.RegularExpressions;
using Fitnessify.Architecture.Tests.Support;
using Fitnessify.WebApi.Controllers;
using Fitnessify.WebApi.Http.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Routing;

namespace Fitnessify.Architecture.Tests;

public sealed partial class ControllerTests
{
    private static readonly Type[] Controllers =
    [
        .. Code.Types(Code.WebApi).Where(type => typeof(ControllerBase).IsAssignableFrom(type) && !type.IsAbstract),
    ];

    private static readonly MethodInfo[] Actions =
    [
        .. Controllers.SelectMany(type =>
            type.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly)
        ),
    ];

    [Test]
    public void The_controllers_have_actions() => Assert.That(Actions, Is.Not.Empty);

    [Test]
    public void Controllers_are_sealed_and_derive_from_the_shared_base_class() =>
        Assert.That(Controllers.Where(type => type.BaseType != typeof(ApiController) || !type.IsSealed), Is.Empty);

    [Test]
    public void Every_action_declares_its_HTTP_method() =>
        Assert.That(
            from action in Actions
            where !action.GetCustomAttributes<HttpMethodAttribute>().Any()
            select $"{action.DeclaringType!.Name}.{action.Name}",
            Is.Empty
        );

    // Without it, MVC compiles a constructor of each type of body at every start.
    [Test]
    public void Every_action_parameter_declares_its_binding_source() =>
        Assert.That(
            from action in Actions
            from parameter in action.GetParameters()
            where Code.All.Contains(parameter.ParameterType.Assembly)
            where !parameter.GetCustomAttributes().OfType<IBindingSourceMetadata>().Any()
            select $"{action.DeclaringType!.Name}.{action.Name}: {parameter.Name}",
            Is.Empty
        );

    [Test]
    public void Every_action_has_an_expression_body() =>
        Assert.That(
            Source
                .Production.Where(file => file.Path.StartsWith("src/WebApi/Controllers/", StringComparison.Ordinal))
                .Where(file => file.Name != nameof(ApiController))
                .SelectMany(file => file.Find(MemberBody())),
            Is.Empty,
            "a member of a controller has a body in braces"
        );

    // A single action can allow anonymous access visibly; a whole controller or a base class cannot.
    [Test]
    public void Only_single_actions_allow_anonymous_access() =>
        Assert.That(
            Controllers
                .Append(typeof(ApiController))
                .Where(type => type.IsDefined(typeof(AllowAnonymousAttribute), true)),
            Is.Empty
        );

    [Test]
    public void Every_other_action_requires_a_live_session() =>
        Assert.That(
            Source.Production.SelectMany(file => file.Find(MappedControllers())),
            Has.One.Items.And.All.Contains("MapControllers().RequireAuthorization(Policies.LiveSession)")
        );

    // The attribute replaces the access token, so each action that has it is named here.
    [Test]
    public void Only_logout_accepts_a_refresh_token_instead_of_an_access_token() =>
        Assert.That(
            from action in Actions
            where action.IsDefined(typeof(AcceptsRefreshTokenAttribute))
            select $"{action.DeclaringType!.Name}.{action.Name}",
            Is.EqualTo(["AuthController.Logout"])
        );

    // CSharpier puts the brace of a member's body on a separate line, one level in.
    [GeneratedRegex(@"^    \{")]
    private static partial Regex MemberBody();

    [GeneratedRegex(@"\bMapController")]
    private static partial Regex MappedControllers();
}
