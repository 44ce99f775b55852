using System.Buffers;
using System.Globalization;

namespace Fitnessify.Infrastructure.Common;

/// <summary>What there is in each language that this program has texts in; that without a language in its name is in English.</summary>
internal sealed class Languages<T>
{
    private static readonly SearchValues<char> SubtagCharacters = SearchValues.Create(
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    );

    private readonly T _english;
    private readonly Dictionary<string, T> _all;

    public Languages(Func<CultureInfo, T> create)
    {
        _english = create(CultureInfo.GetCultureInfo("en"));
        // Each other language has a folder with its resources beside the program. Only these become cultures, because the
        // runtime keeps every culture that was ever looked up, and users choose their locale freely.
        _all = Directory
            .EnumerateDirectories(AppContext.BaseDirectory)
            .Where(folder =>
                File.Exists(Path.Combine(folder, $"{typeof(Languages<>).Assembly.GetName().Name}.resources.dll"))
            )
            .Select(folder => CultureInfo.GetCultureInfo(Path.GetFileName(folder)))
            .ToDictionary(culture => culture.Name, create, StringComparer.OrdinalIgnoreCase);
        _all["en"] = _english;
    }

    /// <summary>Returns what there is for the longest prefix of the locale (RFC 4647, 3.4), or for English.</summary>
    public T In(string locale)
    {
        var languages = _all.GetAlternateLookup<ReadOnlySpan<char>>();
        var tag = locale.AsSpan();
        while (tag.Length > 0)
        {
            if (languages.TryGetValue(tag, out var found))
            {
                return found;
            }

            tag = tag[..Math.Max(0, tag.LastIndexOfAnyExcept(SubtagCharacters))];
        }

        return _english;
    }
}
