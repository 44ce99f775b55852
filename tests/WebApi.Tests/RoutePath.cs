using System.Text.RegularExpressions;

namespace Fitnessify.WebApi.Tests;

/// <summary>Paths of routes, with parameters such as <c>{id}</c> or <c>{id:guid}</c>.</summary>
internal static partial class RoutePath
{
    /// <summary>Returns the path with this value for each parameter.</summary>
    public static string With(this string path, string value) => Parameter().Replace(path, value);

    /// <summary>Returns whether the path has a parameter.</summary>
    public static bool HasParameter(this string path) => Parameter().IsMatch(path);

    [GeneratedRegex(@"\{\w+(:\w+)?\}")]
    private static partial Regex Parameter();
}
