namespace Fitnessify.WebApi.Tests.Faults;

/// <summary>What it does when the clock of the machine is put forward or back.</summary>
public sealed class ClockTests : IAsyncDisposable
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly ServerClock _clock = new();
    private Api _api = null!;

    public async ValueTask DisposeAsync() => await _api.DisposeAsync();

    [Test]
    public async Task A_session_outlives_a_clock_that_is_put_back_and_one_that_is_put_forward()
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
    public async Task A_lost_answer_to_a_refresh_is_made_good_also_when_the_clock_is_put_back_meanwhile()
    {
        _api = Api.Rent(_clock);
        var client = await _api.SignedInAsync();
        using var lost = await client.RefreshAsync();
        _clock.Put(-Hour);
        await RefreshAsync(client);
    }

    [Test]
    public async Task Nobody_is_refused_longer_than_a_window_because_the_clock_is_put_back()
    {
        _api = Api.Start(new() { ["RateLimits:Default:Permits"] = "1" }, clock: _clock);
        var client = await _api.SignedInAsync();
        Assert.That(await TaskCalls.OutcomeOfAsync(client.GetAsync(ApiClient.Me)), Is.EqualTo("200"));
        Assert.That(await TaskCalls.OutcomeOfAsync(client.GetAsync(ApiClient.Me)), Is.EqualTo("429 rate_limited"));

        _clock.Put(-Hour);

        Assert.That(await TaskCalls.OutcomeOfAsync(client.GetAsync(ApiClient.Me)), Is.EqualTo("200"));
    }

    [Test]
    public async Task A_task_is_told_of_once_however_the_clock_is_put()
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
        using var answer = await client.RefreshAsync();
        await client.KeepAsync(answer);
        Assert.That(await TaskCalls.OutcomeOfAsync(client.GetAsync(ApiClient.Me)), Is.EqualTo("200").Or.EqualTo("429"));
    }
}
