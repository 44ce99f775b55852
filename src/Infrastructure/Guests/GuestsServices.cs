using Fitnessify.Domain.Guests;
using Microsoft.Extensions.DependencyInjection;

namespace Fitnessify.Infrastructure.Guests;

internal static class GuestsServices
{
    public static void AddGuests(this IServiceCollection services)
    {
        services.AddScoped<IGuestRepository, GuestRepository>();
        services.AddScoped<IGuestMerge, GuestMerge>();
    }
}
