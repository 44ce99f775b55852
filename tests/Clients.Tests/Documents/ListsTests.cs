using Fitnessify.Client;

namespace Fitnessify.Clients.Tests.Documents;

public sealed class ListsTests
{
    [Test]
    public Task The_document_contains_this_code() => Examples.AssertShownInAsync("docs/lists.md", nameof(ListsTests));

    [Test]
    public async Task A_user_keeps_tasks_in_a_list_orders_them_and_ticks_a_checklist()
    {
        var server = SharedServer.Instance;
        using var session = new FitnessifySession(server.Address);
        var flora = new RegisterUserCommand { Username = "flora", Email = "flora@example.com" };
        flora.Password = "brave lanterns orbit softly";
        await session.Api.Auth.RegisterAsync(flora);
        await session.SignInAsync("flora", "brave lanterns orbit softly", "Phone");

        var birthday = await session.Api.Lists.CreateAsync(new() { Name = "Birthday", Color = "#8e24aa" });
        await session.Api.Tasks.CreateAsync(new() { Title = "Send invitations", ListId = birthday.Id });
        var cake = await session.Api.Tasks.CreateAsync(new() { Title = "Bake the cake", ListId = birthday.Id });
        var candles = await session.Api.Tasks.CreateAsync(new() { Title = "Buy candles", ListId = birthday.Id });

        var page = await session.Api.Tasks.ListAsync(list: birthday.Id.ToString(), sort: "position");
        var places = page.Items.Select(task => (task.Id.ToString(), task.Position));
        foreach (var (id, position) in Positions.Move(places, candles.Id.ToString(), 1))
        {
            await session.Api.Tasks.PatchAsync(Guid.Parse(id), new() { Position = position });
        }

        var moved = await session.Api.Tasks.ListAsync(list: birthday.Id.ToString(), sort: "position");
        Assert.That(
            moved.Items.Select(task => task.Title),
            Is.EqualTo((string[])["Send invitations", "Buy candles", "Bake the cake"])
        );

        var steps = new Dictionary<string, ChecklistItemPatch?>
        {
            ["dough"] = new() { Title = "Make the dough" },
            ["oven"] = new() { Title = "Heat the oven" },
        };
        await session.Api.Tasks.PatchAsync(cake.Id, new() { Checklist = steps });
        var ticked = new Dictionary<string, ChecklistItemPatch?> { ["dough"] = new() { Done = true } };
        await session.Api.Tasks.PatchAsync(cake.Id, new() { Checklist = ticked });
        var checklist = (await session.Api.Tasks.GetAsync(cake.Id)).Checklist;
        Assert.That((checklist["dough"].Done, checklist["oven"].Done), Is.EqualTo((true, false)));
    }
}
