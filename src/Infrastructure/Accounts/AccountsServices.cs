using Fitnessify.Application.Accounts;
using Fitnessify.Domain.Accounts;
using Fitnessify.Infrastructure.Common;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Fitnessify.Infrastructure.Accounts;

internal static class AccountsServices
{
    private const string Section = "Accounts";

    public static void AddAccounts(
        this IServiceCollection services,
        IConfiguration configuration,
        IHostEnvironment environment
    )
    {
        var options = services.AddSettings<AccountOptions>(configuration, Section);
        if (environment.IsProduction() && options.PasswordIterations < AccountOptions.ProductionPasswordIterations)
        {
            throw new SettingsException(
                $"{Section}:{nameof(AccountOptions.PasswordIterations)}",
                $"{options.PasswordIterations} is too weak for Production; use {AccountOptions.ProductionPasswordIterations} or more."
            );
        }

        services.AddScoped<IAccountRepository, AccountRepository>();
        services.AddScoped<AccountLock>();
        services.AddSingleton<ISaveErrors, AccountSaveErrors>();
    }
}
