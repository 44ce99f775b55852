using Fitnessify.Infrastructure.Persistence;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Moq;

namespace Fitnessify.Infrastructure.Tests.Persistence;

internal static class SqlServerServices
{
    /// <summary>The database alone, on SQL Server, as the server registers it.</summary>
    public static IServiceCollection AddSqlServer(this IServiceCollection services, string connectionString)
    {
        services.AddPersistence(
            new ConfigurationManager
            {
                ["Database:Provider"] = "SqlServer",
                ["ConnectionStrings:Fitnessify"] = connectionString,
            },
            Mock.Of<IHostEnvironment>()
        );
        return services;
    }
}
