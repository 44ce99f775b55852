using Fitnessify.Infrastructure.Common;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Fitnessify.Infrastructure.Push;

/// <summary>Registers APNs, if a key is configured.</summary>
internal static class ApnsServices
{
    private const string Section = "Push:Apns";

    public static void AddApns(this IServiceCollection services, IConfiguration configuration)
    {
        var options = services.AddSettings<ApnsOptions>(configuration, Section);
        var url = PushClients.ReadUrl($"{Section}:{nameof(options.Url)}", options.Url, new ApnsOptions().Url);
        (string Name, string? Value)[] needed =
        [
            (nameof(options.KeyPath), options.KeyPath),
            (nameof(options.KeyId), options.KeyId),
            (nameof(options.TeamId), options.TeamId),
            (nameof(options.Topic), options.Topic),
        ];
        if (needed.All(setting => setting.Value is null))
        {
            return;
        }

        if (needed.FirstOrDefault(setting => setting.Value is null).Name is { } missing)
        {
            throw new SettingsException(
                $"{Section}:{missing}",
                $"is needed with the other three of {string.Join(", ", needed.Select(setting => setting.Name))}."
            );
        }

        if (!options.Topic!.All(IsTopicCharacter))
        {
            throw new SettingsException(
                $"{Section}:{nameof(options.Topic)}",
                "not a bundle id; use letters, digits, hyphens and periods, for instance org.example.fitnessify."
            );
        }

        var key = AppleKey.Load(
            $"{Section}:{nameof(options.KeyPath)}",
            options.KeyPath!,
            options.KeyId!,
            options.TeamId!
        );
        services.AddPushClient(ApnsAdapter.ClientName);
        services.AddSingleton<IPushAdapter>(provider =>
        {
            var clock = provider.GetRequiredService<TimeProvider>();
            return new ApnsAdapter(
                url,
                options.Topic!,
                new ApnsTokens(key, clock),
                provider.GetRequiredService<IHttpClientFactory>(),
                clock
            );
        });
    }

    private static bool IsTopicCharacter(char character) =>
        char.IsAsciiLetterOrDigit(character) || character is '-' or '.';
}
