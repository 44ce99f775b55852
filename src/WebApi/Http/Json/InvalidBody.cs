using Fitnessify.Domain.Common;

namespace Fitnessify.WebApi.Http.Json;

/// <summary>The record carries the error of an unreadable body to the place that writes the response.</summary>
internal sealed record InvalidBody(Error Error);
