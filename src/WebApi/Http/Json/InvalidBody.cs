using Fitnessify.Domain.Common;

namespace Fitnessify.WebApi.Http.Json;

/// <summary>Why the body of the request could not be read.</summary>
/// <param name="Error">The failure to answer with.</param>
internal sealed record InvalidBody(Error Error);
