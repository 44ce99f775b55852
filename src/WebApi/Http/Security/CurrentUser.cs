using System.Net;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Sessions;

namespace Fitnessify.WebApi.Http.Security;

/// <summary>The user behind the live session that authorization has found.</summary>
internal sealed class CurrentUser(IHttpContextAccessor accessor) : ICurrentUser
{
    public Guid Id => Session.OwnerId;

    public Guid SessionId => Session.Id;

    private LiveSession Session =>
        accessor.HttpContext?.Features.Get<LiveSession>()
        ?? throw new InvalidOperationException("Only for requests behind authentication.");
}

/// <summary>The other end of the connection, or what a known proxy says it is.</summary>
internal sealed class Client(IHttpContextAccessor accessor) : IClient
{
    public string? IpAddress => AddressOf(accessor.HttpContext)?.ToString();

    public Guid? SessionId => accessor.HttpContext?.Features.Get<LiveSession>()?.Id;

    /// <summary>IPv4 addresses that arrive on an IPv6 socket count as what they are.</summary>
    public static IPAddress? AddressOf(HttpContext? context) =>
        context?.Connection.RemoteIpAddress is { IsIPv4MappedToIPv6: true } mapped
            ? mapped.MapToIPv4()
            : context?.Connection.RemoteIpAddress;
}
