using Fitnessify.Infrastructure.Persistence;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Moq;

namespace Fitnessify.Infrastructure.Tests.Persistence;

internal static class SqlServerServices
{
    /// <summary>Creates the database services for SQL Server as the server registers them.</summary>
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
