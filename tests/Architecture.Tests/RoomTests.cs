using System.Text.RegularExpressions;
using Fitnessify.Architecture.Tests.Support;

namespace Fitnessify.Architecture.Tests;

/// <summary>
/// Each layer is divided into rooms, one folder each, named after the features. The using directives show which
/// room uses which, and the build refuses unnecessary ones.
/// </summary>
public sealed partial class RoomTests
{
    private const string InfrastructureFolder = "src/Infrastructure/";

    // These do not reference a feature; features use them.
    private static readonly string[] Technical = ["Persistence", "Jobs", "Telemetry", "DataProtection"];

    private static readonly string[] Layers = ["Domain", "Application", "Infrastructure", "WebApi"];

    [TestCaseSource(nameof(Layers))]
    public void Rooms_of_a_layer_form_no_cycle(string layer) =>
        Assert.That(CyclesOf(UsesOf(layer, Source.Production)), Is.Empty);

    [Test]
    public void Every_room_of_Infrastructure_is_named_after_a_room_of_Domain_or_is_technical() =>
        Assert.That(RoomsOf("Infrastructure").Except(RoomsOf("Domain")).Except(Technical), Is.Empty);

    [Test]
    public void Rooms_of_Domain_and_Application_have_the_same_names() =>
        Assert.That(RoomsOf("Application").Except(RoomsOf("Domain")), Is.EqualTo(["Pipeline"]));

    [Test]
    public void Persistence_does_not_reference_a_feature() =>
        Assert.That(
            UsesOf("Infrastructure", Source.Production).Where(use => use.From == "Persistence").Select(use => use.To),
            Is.SubsetOf(["Common"])
        );

    [Test]
    public void Each_room_of_Infrastructure_registers_its_own_services() =>
        Assert.That(
            RoomsOf("Infrastructure")
                .Except(["Common"])
                .Select(room => $"{InfrastructureFolder}{room}/{room}Services.cs"),
            Is.SubsetOf(Source.Production.Select(file => file.Path))
        );

    [Test]
    public void Namespaces_and_folders_agree() =>
        Assert.That(
            from file in Source.Production
            from declared in file.Lines.Select(line => Namespace().Match(line)).Where(match => match.Success)
            let expected = Path.GetDirectoryName(file.Path)!.Replace('\\', '/')["src/".Length..].Replace('/', '.')
            where declared.Groups[1].Value != $"Fitnessify.{expected}"
            select $"{file.Path}: {declared.Groups[1].Value}",
            Is.Empty
        );

    [Test]
    public void No_class_implements_ports_of_different_rooms() =>
        Assert.That(AdaptersOfTwoRooms(Code.Types(Code.Infrastructure)), Is.Empty);

    [Test]
    public void These_rules_can_fail()
    {
        SourceFile[] files =
        [
            new("src/Domain/Tasks/A.cs", ["using Fitnessify.Domain.Mail;"]),
            new("src/Domain/Mail/B.cs", ["using Fitnessify.Domain.Auth;"]),
            new("src/Domain/Auth/C.cs", ["using Fitnessify.Domain.Tasks;", "using Fitnessify.Domain.Common;"]),
        ];

        Assert.That(CyclesOf(UsesOf("Domain", files)), Is.EquivalentTo(["Auth", "Mail", "Tasks"]));
        Assert.That(CyclesOf(UsesOf("Domain", files[..2])), Is.Empty);
        Assert.That(AdaptersOfTwoRooms([typeof(AdapterOfTwoRooms)]), Is.EqualTo([nameof(AdapterOfTwoRooms)]));
    }

    private static IEnumerable<string> RoomsOf(string layer) =>
        Source.Production.Select(file => RoomOf(file.Path, layer)).OfType<string>().Distinct();

    private static List<(string From, string To)> UsesOf(string layer, IEnumerable<SourceFile> files) =>
        [
            .. (
                from file in files
                let room = RoomOf(file.Path, layer)
                where room is not null
                from line in file.Lines
                let used = Using().Match(line)
                where used.Success && used.Groups["layer"].Value == layer && used.Groups["room"].Value != room
                select (room, used.Groups["room"].Value)
            ).Distinct(),
        ];

    // Files in the folder of the layer itself compose the rooms.
    private static string? RoomOf(string path, string layer) =>
        path.Split('/') is ["src", var of, var room, _, ..] && of == layer ? room : null;

    /// <summary>Returns the rooms that use themselves indirectly.</summary>
    private static IEnumerable<string> CyclesOf(List<(string From, string To)> uses) =>
        uses.Select(use => use.From).Distinct().Where(room => ReachedFrom(room, uses).Contains(room)).Order();

    private static HashSet<string> ReachedFrom(string room, List<(string From, string To)> uses)
    {
        HashSet<string> reached = [];
        Stack<string> next = new([room]);
        while (next.TryPop(out var from))
        {
            foreach (var (_, to) in uses.Where(use => use.From == from && reached.Add(use.To)))
            {
                next.Push(to);
            }
        }

        return reached;
    }

    private static IEnumerable<string> AdaptersOfTwoRooms(IEnumerable<Type> types) =>
        from type in types
        where type.IsClass
        let rooms = type.GetInterfaces().Where(port => port.Assembly == Code.Domain).Select(port => port.Namespace)
        where rooms.Distinct().Count() > 1
        select type.Name;

    [GeneratedRegex(@"^using Fitnessify\.(?<layer>\w+)\.(?<room>\w+)")]
    private static partial Regex Using();

    [GeneratedRegex(@"^namespace ([\w.]+);")]
    private static partial Regex Namespace();

    private abstract class AdapterOfTwoRooms : Domain.Mail.IMailOutbox, Domain.Tasks.ITaskTrash
    {
        public abstract void Add(Domain.Mail.OutboxMail mail);

        public abstract void Hasten(Guid userId, DateTimeOffset now, TimeSpan lease);

        public abstract Task<IReadOnlyList<Domain.Mail.OutboxMail>> TakeDueAsync(
            bool canWait,
            DateTimeOffset now,
            int max,
            TimeSpan lease,
            CancellationToken cancellationToken
        );

        public abstract Task StoreAsync(
            Domain.Mail.OutboxMail mail,
            DateTimeOffset now,
            CancellationToken cancellationToken
        );

        public abstract Task<int> PurgeAsync(DateTimeOffset before, int batchSize, CancellationToken cancellationToken);
    }
}
