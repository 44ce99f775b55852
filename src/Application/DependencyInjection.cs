using System.Reflection;
using Fitnessify.Application.Accounts;
using Fitnessify.Application.Admin;
using Fitnessify.Application.Audit;
using Fitnessify.Application.Auth;
using Fitnessify.Application.Guests;
using Fitnessify.Application.Identities;
using Fitnessify.Application.Lists;
using Fitnessify.Application.Mail;
using Fitnessify.Application.Pipeline;
using Fitnessify.Application.Sessions;
using Fitnessify.Application.Tasks;
using FluentValidation;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace Fitnessify.Application;

public static class DependencyInjection
{
    private static readonly Assembly Assembly = typeof(DependencyInjection).Assembly;

    /// <summary>
    /// Handlers and mappings are found by scanning this assembly, so a new use case needs no line here. The composition root
    /// registers the validators.
    /// </summary>
    public static IServiceCollection AddApplication(this IServiceCollection services)
    {
        // The texts of the API are English, whatever the language of the machine.
        ValidatorOptions.Global.LanguageManager.Enabled = false;
        // A request resolves each of these once, so a scoped lifetime would only cost an entry in the scope.
        services.AddTransient<ServiceFactory>(provider => provider.GetService!);
        services.AddTransient<IMediator, Mediator>();
        services.AddTransient(typeof(IPipelineBehavior<,>), typeof(LoggingBehavior<,>));
        services.AddTransient(typeof(IPipelineBehavior<,>), typeof(ValidationBehavior<,>));
        foreach (var (service, handler) in Handlers())
        {
            services.AddTransient(service, handler);
        }

        services.AddAutoMapper([Assembly], ServiceLifetime.Singleton);
        services.AddScoped<PasswordPolicy>();
        services.AddScoped<NewPasswords>();
        services.AddScoped<PasswordSignIn>();
        services.AddScoped<MfaChallenge>();
        services.AddScoped<MfaCodeAttempts>();
        services.AddScoped<SignInPolicy>();
        services.AddSingleton(provider =>
            provider
                .GetRequiredService<SessionOptions>()
                .LifetimeWith(provider.GetRequiredService<AccountOptions>().GuestDays)
        );
        services.AddScoped<SessionStart>();
        services.AddScoped<GuestTokens>();
        services.AddScoped<GuestRegistration>();
        services.AddScoped<CredentialChanges>();
        services.AddScoped<IdentityVerification>();
        services.AddScoped<IdentityRegistration>();
        services.AddScoped<GuestIdentityRegistration>();
        services.AddScoped<PasswordReset>();
        services.AddScoped<AddressCorrection>();
        services.AddScoped<Reauthentication>();
        services.AddScoped<SessionRevocation>();
        services.AddScoped<RefreshReuse>();
        services.AddScoped<AuditedThrottle>();
        services.AddScoped<PasswordAttempts>();
        services.AddScoped<AccountDeletion>();
        services.AddScoped<AuditLog>();
        services.AddScoped<AdminUnitOfWork>();
        services.AddScoped<TaskSeries>();
        services.AddScoped<TaskWriter>();
        services.AddScoped<ListWriter>();
        services.AddScoped<TaskOperations>();
        services.AddScoped<MailWriter>();
        services.AddScoped<LinkMails>();
        services.AddScoped<DeliveryLog>();
        services.AddScoped<DueMails>();
        return services;
    }

    private static IEnumerable<(Type Service, Type Handler)> Handlers() =>
        from type in Assembly.GetTypes()
        where type is { IsAbstract: false, IsGenericTypeDefinition: false }
        from contract in type.GetInterfaces()
        where contract.IsGenericType && contract.GetGenericTypeDefinition() == typeof(IRequestHandler<,>)
        select (contract, type);
}
