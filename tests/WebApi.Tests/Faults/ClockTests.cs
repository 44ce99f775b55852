namespace Fitnessify.WebApi.Tests.Faults;

/// <summary>The clock of the machine is set forward or back.</summary>
public sealed class ClockTests : IAsyncDisposable
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly ServerClock _clock = new();
    private Api _api = null!;

    public async ValueTask DisposeAsync() => await _api.DisposeAsync();

    [Test]
    public async Task A_session_survives_a_clock_that_is_set_back_or_forward()
    {
        _api = Api.Rent(_clock);
        var client = await _api.SignedInAsync();
        _clock.Put(-Hour);
        await RefreshAsync(client);
        _clock.Put(2 * Hour);
        Assert.That(await TaskCalls.OutcomeOfAsync(client.GetAsync(ApiClient.Me)), Is.EqualTo("401 token_expired"));
        await RefreshAsync(client);
        _clock.Put(-Hour);
        await RefreshAsync(client);
    }

    [Test]
    public async Task A_lost_refresh_response_can_be_repeated_even_when_the_clock_is_set_back()
    {
        _api = Api.Rent(_clock);
        var client = await _api.SignedInAsync();
        using var lost = await client.RefreshAsync();
        _clock.Put(-Hour);
        await RefreshAsync(client);
    }

    [Test]
    public async Task A_clock_that_is_set_back_does_not_extend_a_refusal_beyond_a_window()
    {
        _api = Api.Start(new() { ["RateLimits:Default:Permits"] = "1" }, clock: _clock);
        var client = await _api.SignedInAsync();
        Assert.That(await TaskCalls.OutcomeOfAsync(client.GetAsync(ApiClient.Me)), Is.EqualTo("200"));
        Assert.That(await TaskCalls.OutcomeOfAsync(client.GetAsync(ApiClient.Me)), Is.EqualTo("429 rate_limited"));

        _clock.Put(-Hour);

        Assert.That(await TaskCalls.OutcomeOfAsync(client.GetAsync(ApiClient.Me)), Is.EqualTo("200"));
    }

    [Test]
    public async Task A_task_is_notified_once_for_any_changes_of_the_clock()
    {
        _api = Api.Rent(_clock);
        var client = await _api.SignedInAsync();
        await client.CreatedAsync($$"""{"title":"Run","dueAt":"{{_clock.GetUtcNow() + Hour:O}}"}""");
        List<int> counts = [];
        foreach (var jump in (TimeSpan[])[TimeSpan.Zero, 2 * Hour, -2 * Hour, 2 * Hour])
        {
            _clock.Put(jump);
            await _api.NotifyAsync();
            await RefreshAsync(client);
            counts.Add(await client.UnreadCountAsync());
        }

        Assert.That(counts, Is.EqualTo([0, 1, 1, 1]));
    }

    private static async Task RefreshAsync(ApiClient client)
    {
        using var response = await client.RefreshAsync();
        await client.KeepAsync(response);
        Assert.That(await TaskCalls.OutcomeOfAsync(client.GetAsync(ApiClient.Me)), Is.EqualTo("200").Or.EqualTo("429"));
    }
}
