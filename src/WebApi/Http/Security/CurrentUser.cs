using System.Net;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Sessions;

namespace Fitnessify.WebApi.Http.Security;

/// <summary>The user comes from the live session that authorization has loaded.</summary>
internal sealed class CurrentUser(IHttpContextAccessor accessor) : ICurrentUser
{
    public Guid Id => Session.OwnerId;

    public Guid SessionId => Session.Id;

    private LiveSession Session =>
        accessor.HttpContext?.Features.Get<LiveSession>()
        ?? throw new InvalidOperationException("Only for requests behind authentication.");
}

/// <summary>The address is that of the connection, or the one that a known proxy forwards.</summary>
internal sealed class Client(IHttpContextAccessor accessor) : IClient
{
    public string? IpAddress => AddressOf(accessor.HttpContext)?.ToString();

    public Guid? SessionId => accessor.HttpContext?.Features.Get<LiveSession>()?.Id;

    /// <summary>
    /// An IPv4 address that arrives on an IPv6 socket is converted back, so that both forms count as one address.
    /// </summary>
    public static IPAddress? AddressOf(HttpContext? context) =>
        context?.Connection.RemoteIpAddress is { IsIPv4MappedToIPv6: true } mapped
            ? mapped.MapToIPv4()
            : context?.Connection.RemoteIpAddress;
}
