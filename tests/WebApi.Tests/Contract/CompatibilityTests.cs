using System.Text.Json.Nodes;

namespace Fitnessify.WebApi.Tests.Contract;

public sealed class CompatibilityTests
{
    private const string Accepted = "breaking-changes.txt";

    [Test]
    public async Task No_change_breaks_a_released_client_unless_it_is_accepted()
    {
        var released = JsonNode.Parse(await Documents.ReadAsync("openapi.v1.released.json"))!;
        var current = JsonNode.Parse(await Documents.ReadAsync("openapi.v1.json"))!;
        var accepted =
            from line in (await Documents.ReadAsync(Accepted)).Split(Environment.NewLine)
            where line.Length > 0 && line[0] != '#'
            select line;
        Assert.That(
            Compatibility.Breaks(released, current),
            Is.EquivalentTo(accepted),
            $"This breaks released apps. Undo it, or accept it with a line in docs/{Accepted}; see docs/maintaining.md."
        );
    }

    [TestCase("{'/tasks':{'get':{}}}", "{'/tasks':{}}", "GET /tasks: gone")]
    [TestCase("{'/tasks':{'get':{}}}", "{'/task':{'get':{}}}", "GET /tasks: gone")]
    [TestCase(
        "{'/tasks':{'get':{'operationId':'a'}}}",
        "{'/tasks':{'get':{'operationId':'b'}}}",
        "GET /tasks: operationId was a, is b"
    )]
    [TestCase(
        "{'/tasks':{'get':{}}}",
        "{'/tasks':{'get':{'security':[{'bearer':[]}]}}}",
        "GET /tasks: needs a token now"
    )]
    [TestCase(
        "{'/tasks':{'get':{'responses':{'200':{},'204':{}}}}}",
        "{'/tasks':{'get':{'responses':{'200':{}}}}}",
        "GET /tasks 204: gone"
    )]
    [TestCase(
        "{'/tasks':{'get':{'responses':{'409':{'content':{'p':{'examples':{'a':{},'b':{}}}}}}}}}",
        "{'/tasks':{'get':{'responses':{'409':{'content':{'p':{'examples':{'b':{}}}}}}}}}",
        "GET /tasks 409: code a is gone"
    )]
    [TestCase(
        "{'/tasks':{'get':{'parameters':[{'name':'q'},{'name':'sort'}]}}}",
        "{'/tasks':{'get':{'parameters':[{'name':'q'}]}}}",
        "GET /tasks: parameter sort is gone"
    )]
    [TestCase(
        "{'/tasks':{'get':{}}}",
        "{'/tasks':{'get':{'parameters':[{'name':'q','required':true}]}}}",
        "GET /tasks: parameter q is required now"
    )]
    [TestCase(
        "{'/tasks':{'get':{'parameters':[{'name':'q','schema':{'maximum':200}}]}}}",
        "{'/tasks':{'get':{'parameters':[{'name':'q','schema':{'maximum':100}}]}}}",
        "GET /tasks q: tighter maximum"
    )]
    [TestCase(
        "{'/tasks':{'post':{}}}",
        "{'/tasks':{'post':{'requestBody':{'required':true}}}}",
        "POST /tasks: the body is required now"
    )]
    [TestCase(
        "{'/tasks':{'post':{'requestBody':{'content':{'json':{},'patch':{}}}}}}",
        "{'/tasks':{'post':{'requestBody':{'content':{'json':{}}}}}}",
        "POST /tasks body: patch is gone"
    )]
    public void Finds_removed_and_newly_required_parts_of_an_operation(
        string released,
        string current,
        string expected
    ) =>
        Assert.That(
            Compatibility.Breaks(Parse($"{{'paths':{released}}}"), Parse($"{{'paths':{current}}}")),
            Is.EqualTo((string[])[expected])
        );

    [TestCase("{'properties':{'id':{}}}", "{'properties':{'key':{}}}", "member id is gone")]
    [TestCase("{'type':'string'}", "{'type':'integer'}", "type was string, is integer")]
    [TestCase("{'type':'string'}", "{'type':'string','format':'uuid'}", "format was none, is uuid")]
    [TestCase("{'enum':['a','b']}", "{'enum':['b','c']}", "value a is gone")]
    public void Finds_removals_from_a_schema_in_requests_and_responses(string released, string current, string expected)
    {
        Assert.That(Breaks(Body, released, current), Is.EqualTo((string[])[$"Thing sent: {expected}"]));
        Assert.That(Breaks(Answer, released, current), Is.EqualTo((string[])[$"Thing answered: {expected}"]));
    }

    [TestCase("{}", "{'properties':{'id':{}},'required':['id']}", "Thing sent: member id is required now")]
    [TestCase(
        "{'properties':{'id':{}}}",
        "{'properties':{'id':{}},'required':['id']}",
        "Thing sent: member id is required now"
    )]
    [TestCase(
        "{'properties':{'id':{'nullable':true}}}",
        "{'properties':{'id':{}}}",
        "Thing sent id: cannot be null any more"
    )]
    [TestCase("{}", "{'enum':['a']}", "Thing sent: takes only some values now")]
    [TestCase("{}", "{'maxLength':5}", "Thing sent: tighter maxLength")]
    [TestCase("{'maxLength':6}", "{'maxLength':5}", "Thing sent: tighter maxLength")]
    [TestCase("{'minLength':1}", "{'minLength':2}", "Thing sent: tighter minLength")]
    [TestCase("{}", "{'pattern':'^a$'}", "Thing sent: another pattern")]
    [TestCase("{'pattern':'^ab?$'}", "{'pattern':'^a$'}", "Thing sent: another pattern")]
    [TestCase("{'items':{}}", "{'items':{'maxLength':5}}", "Thing sent[]: tighter maxLength")]
    public void Finds_tighter_constraints_only_in_requests(string released, string current, string expected)
    {
        Assert.That(Breaks(Body, released, current), Is.EqualTo((string[])[expected]));
        Assert.That(Breaks(Answer, released, current), Is.Empty);
    }

    [TestCase(
        "{'properties':{'id':{}},'required':['id']}",
        "{'properties':{'id':{}}}",
        "Thing answered: member id can be absent now"
    )]
    [TestCase(
        "{'properties':{'id':{}}}",
        "{'properties':{'id':{'nullable':true}}}",
        "Thing answered id: can be null now"
    )]
    [TestCase(
        "{'additionalProperties':{}}",
        "{'additionalProperties':{'nullable':true}}",
        "Thing answered{}: can be null now"
    )]
    public void Finds_broken_promises_only_in_responses(string released, string current, string expected)
    {
        Assert.That(Breaks(Answer, released, current), Is.EqualTo((string[])[expected]));
        Assert.That(Breaks(Body, released, current), Is.Empty);
    }

    [Test]
    public void Finds_a_renamed_schema()
    {
        var released = Parse("{'components':{'schemas':{'Thing':{}}}}");
        Assert.That(
            Compatibility.Breaks(released, Parse("{'components':{'schemas':{'Object':{}}}}")),
            Is.EqualTo((string[])["schema Thing: gone"])
        );
        Assert.That(
            Breaks(Answer, "{'properties':{'a':{'allOf':[{'$ref':'#/A'}]}}}", "{'properties':{'a':{'$ref':'#/B'}}}"),
            Is.EqualTo((string[])["Thing answered a: was A, is B"])
        );
    }

    [Test]
    public void Follows_a_recursive_schema() =>
        Assert.That(
            Breaks(
                Answer,
                "{'properties':{'inner':{'$ref':'#/Thing'},'id':{}}}",
                "{'properties':{'inner':{'$ref':'#/Thing'}}}"
            ),
            Is.EqualTo((string[])["Thing answered: member id is gone"])
        );

    [TestCase("{'properties':{'id':{}}}", "{'properties':{'id':{},'name':{}}}")]
    [TestCase("{'enum':['a']}", "{'enum':['a','b']}")]
    [TestCase("{'maxLength':5,'pattern':'^a$'}", "{'maxLength':6}")]
    [TestCase("{'description':'A'}", "{'description':'B'}")]
    public void Ignores_additions_and_descriptions(string released, string current) =>
        Assert.That(Breaks(Body, released, current).Concat(Breaks(Answer, released, current)), Is.Empty);

    [Test]
    public void Ignores_new_paths_responses_codes_and_parameters() =>
        Assert.That(
            Compatibility.Breaks(
                Parse("{'paths':{'/a':{'get':{'responses':{'409':{'content':{'p':{'examples':{'a':{}}}}}}}}}}"),
                Parse(
                    "{'paths':{'/b':{'get':{}},'/a':{'put':{},'get':{'parameters':[{'name':'q'}],'responses':"
                        + "{'410':{},'409':{'content':{'p':{'examples':{'a':{},'b':{}}}}}}}}}}"
                )
            ),
            Is.Empty
        );

    private const string Body = "'requestBody':{'content':{'json':{'schema':{'$ref':'#/Thing'}}}}";
    private const string Answer = "'responses':{'200':{'content':{'json':{'schema':{'$ref':'#/Thing'}}}}}";

    private static IReadOnlyCollection<string> Breaks(string use, string released, string current)
    {
        return Compatibility.Breaks(Document(released), Document(current));

        JsonNode Document(string schema) =>
            Parse($"{{'components':{{'schemas':{{'Thing':{schema}}}}},'paths':{{'/things':{{'post':{{{use}}}}}}}}}");
    }

    private static JsonNode Parse(string json) => JsonNode.Parse(json.Replace('\'', '"'))!;
}
