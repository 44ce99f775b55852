using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Fitnessify.Infrastructure.Common;

/// <summary>
/// A setting cannot be used. The message is one line for the operator: the full key, the problem and the permitted values.
/// </summary>
public sealed class SettingsException(string key, string problem) : Exception($"{key}: {problem}");

/// <summary>Reads options at the start, so that a wrong value stops the start instead of the first request that needs it.</summary>
public static class Settings
{
    /// <summary>Reads, validates and registers the options of a section.</summary>
    /// <typeparam name="T">
    /// The options class. Its public properties are the keys, and its validation attributes define the permitted values.
    /// </typeparam>
    /// <exception cref="SettingsException">A value has the wrong type or is not permitted.</exception>
    public static T AddSettings<T>(this IServiceCollection services, IConfiguration configuration, string section)
        where T : class, new()
    {
        var options = Read(configuration, section, new T());
        services.AddSingleton(options);
        return options;
    }

    /// <summary>Reads and validates the options of a section; missing keys keep the given defaults.</summary>
    /// <exception cref="SettingsException">A value has the wrong type or is not permitted.</exception>
    public static T Read<T>(IConfiguration configuration, string section, T defaults)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(configuration);
        foreach (var property in typeof(T).GetProperties().Where(property => property.CanWrite))
        {
            var key = $"{section}:{property.Name}";
            if (property.PropertyType == typeof(string[]))
            {
                property.SetValue(defaults, List(configuration, key));
            }
            else if (!string.IsNullOrWhiteSpace(configuration[key]))
            {
                property.SetValue(defaults, Parse(key, configuration[key]!, property));
            }
        }

        return defaults;
    }

    private static string[] List(IConfiguration configuration, string key) =>
        string.IsNullOrWhiteSpace(configuration[key])
            ? configuration.GetSection(key).Get<string[]>() ?? []
            : throw new SettingsException(key, $"is a list; use {key}:0, {key}:1 and so on.");

    /// <summary>Reads a URL to which a path can be appended.</summary>
    /// <param name="key">The key of the setting.</param>
    /// <param name="text">The value of the setting.</param>
    /// <param name="purpose">What the URL stands for, with its article.</param>
    /// <param name="example">An example of a valid value.</param>
    /// <exception cref="SettingsException">
    /// The value is no http or https URL, or it has a query, a fragment or user information.
    /// </exception>
    internal static Uri ReadUrl(string key, string text, string purpose, string example) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url)
        && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
        && url.Query.Length + url.Fragment.Length + url.UserInfo.Length == 0
            ? url
            : throw new SettingsException(
                key,
                $"not {purpose}; use an absolute http or https URL without query, for instance {example}."
            );

    /// <summary>Returns whether the text is an origin as browsers send it: without a path, and without the slash before one.</summary>
    public static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.GetLeftPart(UriPartial.Authority) == text;

    private static object Parse(string key, string text, PropertyInfo property)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        object? value = null;
        try
        {
            value = TypeDescriptor.GetConverter(type).ConvertFromString(null, CultureInfo.InvariantCulture, text);
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or NotSupportedException)
        {
            // The exception below reports the permitted values.
        }

        var allowed = property.GetCustomAttributes<ValidationAttribute>();
        // The converter of an enumeration also accepts numbers and lists of names.
        var named = !type.IsEnum || Enum.GetNames(type).Contains(text.Trim(), StringComparer.OrdinalIgnoreCase);
        if (value is null || !named || !allowed.All(rule => rule.IsValid(value)))
        {
            throw new SettingsException(key, $"'{text}' is not allowed; use {Describe(type, allowed)}.");
        }

        return value;
    }

    private static string Describe(Type type, IEnumerable<ValidationAttribute> allowed) =>
        allowed.OfType<RangeAttribute>().FirstOrDefault() is { } range
            ? $"a number from {range.Minimum} to {range.Maximum}"
        : type.IsEnum ? string.Join(" or ", Enum.GetNames(type))
        : type == typeof(bool) ? "true or false"
        : "another value";
}
