using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Fitnessify.Application.Accounts;
using Fitnessify.Infrastructure.Persistence;
using Fitnessify.WebApi.Http.Security;

namespace Fitnessify.WebApi.Tests.Contract;

/// <summary>A setting of the server.</summary>
/// <param name="Section">The first part of the key.</param>
/// <param name="Key">The full key.</param>
/// <param name="Options">The options class that contains it.</param>
/// <param name="Row">The row in the table.</param>
internal sealed record Setting(string Section, string Key, Type Options, string Row);

/// <summary>Writes <c>docs/settings.md</c> from the options classes: their XML comments, defaults and validation.</summary>
internal static partial class SettingsReference
{
    private const string Head = """
        # Settings

        Written by `SettingsReferenceTests` from the classes of options; do not edit.

        In `appsettings.json`, as an environment variable (`Database__Provider`) or on the command line
        (`--Database:Provider=SqlServer`); lists have numbers (`Cors__Origins__0`). A value that cannot be used stops the start with
        one line that says why. An empty one is none. All are read once, at start.

        """;

    private const string Foot = """

        ## Besides

        | key | default | meaning |
        |---|---|---|
        | `ConnectionStrings:Fitnessify` | `Data Source=data/fitnessify.db` | The database. A relative file is below the folder of `appsettings.json`. Needed for SQL Server. |
        | `Serilog:*` | console | [Serilog's own](https://github.com/serilog/serilog-settings-configuration): readable in Development, JSON lines elsewhere. |
        | `urls`, `http_ports`, `https_ports` | `http://localhost:5080` | Where the server listens; as variables `ASPNETCORE_URLS`, `ASPNETCORE_HTTP_PORTS`, `ASPNETCORE_HTTPS_PORTS`. |
        | `Kestrel:Certificates:Default:Path`, `:KeyPath`, `:Password` | none | The certificate for HTTPS, where no proxy ends TLS: PEM with a file for the key, or PKCS #12. |
        | `ASPNETCORE_ENVIRONMENT` (a variable only) | `Production` | `Development` for trying things out: plain HTTP, migrations at start, readable log. |

        """;

    /// <summary>The settings without an options class.</summary>
    public static readonly string[] Others = ["ConnectionStrings:Fitnessify"];

    private static readonly Assembly[] Assemblies =
    [
        typeof(AccountOptions).Assembly,
        typeof(DatabaseOptions).Assembly,
        typeof(TransportOptions).Assembly,
    ];

    private static readonly Dictionary<string, XElement> Comments = Assemblies
        .SelectMany(assembly => XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml")).Descendants("member"))
        .Where(member => member.Attribute("name")!.Value[1..].StartsWith(":Fitnessify.", StringComparison.Ordinal))
        .ToDictionary(member => member.Attribute("name")!.Value);

    private static readonly ILookup<string, Type> Sections = Assemblies
        .SelectMany(assembly => assembly.GetTypes())
        .Select(type => (Type: type, Section: SectionOf(type)))
        .Where(pair => pair.Section is not null)
        .ToLookup(pair => pair.Section!, pair => pair.Type);

    /// <summary>Returns each key that is read and that an options class explains, in the order of the document.</summary>
    public static IReadOnlyList<Setting> Explain(ReadSettings read) =>
        [
            .. from section in Sections
            let pattern = new Regex($"^({Placeholder().Replace(section.Key, "[^:]+")}):([^:]+)$")
            from key in read.Keys
            let match = pattern.Match(key)
            where match.Success
            from type in section
            let property = type.GetProperty(match.Groups[2].Value)
            where property is not null
            orderby key.Split(':')[0], section.Key, type.Name, match.Groups[1].Value, property.MetadataToken
            select new Setting(
                key.Split(':')[0],
                key,
                type,
                $"| `{key}` | {DefaultOf(property, read.Find(type, match.Groups[1].Value))} | {AllowedOf(property)} | {MeaningOf(property)} |\n"
            ),
        ];

    public static string Write(IReadOnlyList<Setting> settings)
    {
        var tables =
            from setting in settings
            group setting by setting.Section into section
            select $"\n## {section.Key}\n\n{IntroductionOf(section)}\n\n"
                + "| key | default | allowed | meaning |\n|---|---|---|---|\n"
                + string.Concat(section.Select(setting => setting.Row));
        return (Head + string.Concat(tables) + Foot).ReplaceLineEndings("\n");
    }

    private static string? SectionOf(Type type) =>
        Comments.GetValueOrDefault($"T:{type.FullName}")?.Element("summary") is { } summary
        && summary.Value.TrimStart().StartsWith("Section ", StringComparison.Ordinal)
            ? summary.Element("c")!.Value
            : null;

    private static string IntroductionOf(IEnumerable<Setting> section)
    {
        var texts = section
            .Select(setting => setting.Options)
            .Distinct()
            .Select(type => Opening().Replace(Summary($"T:{type.FullName}")!, "").TrimEnd('.'));
        var text = string.Join("; ", texts);
        return $"{char.ToUpperInvariant(text[0])}{text[1..]}.";
    }

    private static string DefaultOf(PropertyInfo property, object options) =>
        Comment($"P:{property.DeclaringType!.FullName}.{property.Name}", "value")
        ?? property.GetValue(options) switch
        {
            null or Array { Length: 0 } => "none",
            string[] values => string.Join(", ", values.Select(value => $"`{value}`")),
            bool value => value ? "true" : "false",
            IFormattable and not Enum and var value => ((IFormattable)value).ToString(
                null,
                CultureInfo.InvariantCulture
            ),
            var value => $"`{value}`",
        };

    private static string AllowedOf(PropertyInfo property)
    {
        var type = TypeOf(property);
        return property.GetCustomAttribute<System.ComponentModel.DataAnnotations.RangeAttribute>() is { } range
                ? $"{range.Minimum} to {range.Maximum}"
            : type.IsEnum ? string.Join(", ", Enum.GetNames(type).Select(name => $"`{name}`"))
            : type == typeof(bool) ? "true, false"
            : type.IsArray ? "list"
            : "text";
    }

    private static string MeaningOf(PropertyInfo property)
    {
        var type = TypeOf(property);
        var values = type.IsEnum
            ? Enum.GetNames(type).Select(name => $" `{name}`: {LowerFirst(Summary($"F:{type.FullName}.{name}")!)}")
            : [];
        return Summary($"P:{property.DeclaringType!.FullName}.{property.Name}") + string.Concat(values);
    }

    private static Type TypeOf(PropertyInfo property) =>
        Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;

    // A period may belong to an abbreviation.
    private static string LowerFirst(string text) =>
        text.Length > 1 && char.IsUpper(text[1]) ? text : $"{char.ToLowerInvariant(text[0])}{text[1..]}";

    private static string? Summary(string member) => Comment(member, "summary");

    private static string? Comment(string member, string tag) =>
        Comments.GetValueOrDefault(member)?.Element(tag) is { } element
            ? Spaces().Replace(string.Concat(element.Nodes().Select(Render)), " ").Trim()
            : null;

    private static string Render(XNode node) =>
        node switch
        {
            XElement { Name.LocalName: "see" } see => $"`{KeyOf(see.Attribute("cref")!.Value)}`",
            XElement element => $"`{element.Value}`",
            _ => node.ToString()
                .Replace("&lt;", "<", StringComparison.Ordinal)
                .Replace("&gt;", ">", StringComparison.Ordinal),
        };

    // The key looks like P:Fitnessify.Infrastructure.Mail.AppOptions.PublicUrl.
    private static string KeyOf(string reference)
    {
        var parts = reference[2..].Split('.');
        var type = Sections.Single(section => section.Any(type => type.FullName == string.Join('.', parts[..^1])));
        return $"{type.Key}:{parts[^1]}";
    }

    [GeneratedRegex(@"^Section `([^`]+)`: ")]
    private static partial Regex Opening();

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
