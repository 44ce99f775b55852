using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Fitnessify.Architecture.Tests.Support;
using Fitnessify.Domain.Common;

namespace Fitnessify.Architecture.Tests;

public sealed partial class DomainTests
{
    private static readonly FieldInfo[] Errors =
    [
        .. Code.Types(Code.All)
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(field => field.FieldType == typeof(Error)),
    ];

    [Test]
    public void Ports_do_not_expose_queryables() =>
        Assert.That(
            from port in Code.Types(Code.Domain)
            from method in port.GetMethods()
            where port.IsInterface && typeof(IQueryable).IsAssignableFrom(method.ReturnType)
            select $"{port.FullName}.{method.Name}",
            Is.Empty
        );

    [Test]
    public void Only_an_entity_sets_its_own_members() => Assert.That(Setters(Code.Types(Code.Domain)), Is.Empty);

    [Test]
    public void Errors_are_declared_in_classes_named_after_them() =>
        Assert.That(
            from error in Errors
            where !error.DeclaringType!.Name.EndsWith("Errors", StringComparison.Ordinal)
            select $"{error.DeclaringType!.FullName}.{error.Name}",
            Is.Empty
        );

    [Test]
    public void Error_codes_are_unique() =>
        Assert.That(
            Errors.Select(CodeOf).GroupBy(code => code).Where(same => same.Count() > 1).Select(same => same.Key),
            Is.Empty
        );

    [Test]
    public void Error_codes_are_their_field_names_in_snake_case() =>
        Assert.That(
            from error in Errors
            let expected = WordStart().Replace(error.Name, "_$0").ToLowerInvariant()
            where CodeOf(error) != expected
            select $"{error.DeclaringType!.Name}.{error.Name}: {CodeOf(error)} instead of {expected}",
            Is.Empty
        );

    [Test]
    public void The_rule_about_setters_can_fail() =>
        Assert.That(
            Setters([typeof(OpenEntity), typeof(OpenRecord)]),
            Is.EqualTo(["OpenEntity.Changeable", "OpenEntity.Initialized", "OpenRecord.Changeable"])
        );

    /// <summary>Setters must be private; records are values, which anybody may initialize.</summary>
    private static IEnumerable<string> Setters(IEnumerable<Type> types) =>
        from type in types
        let isRecord = type.GetMethod("<Clone>$") is not null || type.IsValueType
        from property in type.GetProperties()
        where property.SetMethod is { IsPrivate: false } setter && !(isRecord && IsInit(setter))
        select $"{type.Name}.{property.Name}";

    private static bool IsInit(MethodInfo setter) =>
        setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));

    private static string CodeOf(FieldInfo error) => ((Error)error.GetValue(null)!).Code;

    [GeneratedRegex("(?<!^)[A-Z]")]
    private static partial Regex WordStart();

    private sealed class OpenEntity
    {
        public int Changeable { get; set; }

        public int Initialized { get; init; }

        public int Closed { get; private set; }
    }

    private sealed record OpenRecord(int Initialized)
    {
        public int Changeable { get; set; }
    }
}
