using System.Reflection;
using System.Runtime.InteropServices;
using Fitnessify.Architecture.Tests.Support;

namespace Fitnessify.Architecture.Tests;

public sealed class DependencyTests
{
    private static readonly string[] OfDomain = [];

    private static readonly string[] OfApplication =
    [
        "Fitnessify.Domain",
        "AutoMapper",
        "FluentValidation",
        "MediatR",
        "Microsoft.Extensions.DependencyInjection.Abstractions",
        "Microsoft.Extensions.Logging.Abstractions",
        "Microsoft.Extensions.Options",
    ];

    private static readonly string[] DatabasePrefixes =
    [
        "Microsoft.EntityFrameworkCore",
        "Microsoft.Data.",
        "SQLitePCLRaw",
        "Microsoft.AspNetCore.Identity.EntityFrameworkCore",
    ];

    [Test]
    public void Domain_references_only_the_base_class_library() =>
        Assert.That(ForbiddenReferences(Code.Domain, OfDomain), Is.Empty);

    [Test]
    public void Application_references_only_Domain_and_a_few_abstractions() =>
        Assert.That(ForbiddenReferences(Code.Application, OfApplication), Is.Empty);

    [Test]
    public void Nothing_outside_Infrastructure_references_the_database() =>
        Assert.That(
            Code.All.Except([Code.Infrastructure]).SelectMany(DatabaseReferences),
            Is.Empty,
            "EF Core and the database drivers stay in Infrastructure"
        );

    [Test]
    public void Infrastructure_does_not_reference_the_web_layer() =>
        Assert.That(References(Code.Infrastructure), Does.Not.Contain(Code.WebApi.GetName().Name));

    // Each of these breaks the rule that it is checked with.
    [Test]
    public void These_rules_can_fail()
    {
        Assert.That(
            ForbiddenReferences(typeof(DependencyTests).Assembly, OfApplication),
            Does.Contain("Fitnessify.Architecture.Tests -> nunit.framework")
        );
        Assert.That(ForbiddenReferences(Code.Application, OfDomain), Does.Contain("Fitnessify.Application -> MediatR"));
        Assert.That(
            ForbiddenReferences(Code.WebApi, OfApplication),
            Does.Contain("Fitnessify.WebApi -> Fitnessify.Infrastructure")
        );
        Assert.That(
            DatabaseReferences(Code.Infrastructure),
            Does.Contain("Fitnessify.Infrastructure -> Microsoft.EntityFrameworkCore")
        );
    }

    /// <summary>Returns what the assembly references besides the base class library and the allowed assemblies.</summary>
    private static IEnumerable<string> ForbiddenReferences(Assembly assembly, string[] allowed) =>
        References(assembly)
            .Where(name => !IsBaseClassLibrary(name) && !allowed.Contains(name))
            .Select(name => $"{assembly.GetName().Name} -> {name}");

    private static IEnumerable<string> DatabaseReferences(Assembly assembly) =>
        References(assembly)
            .Where(name => DatabasePrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal)))
            .Select(name => $"{assembly.GetName().Name} -> {name}");

    private static IEnumerable<string> References(Assembly assembly) =>
        assembly.GetReferencedAssemblies().Select(reference => reference.Name!);

    // The folder of the runtime contains only Microsoft.NETCore.App.
    private static bool IsBaseClassLibrary(string name) =>
        File.Exists(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), $"{name}.dll"));
}
