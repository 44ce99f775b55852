using System.Collections.Concurrent;
using Fitnessify.Application.Admin;
using Fitnessify.Domain.Accounts;
using Fitnessify.WebApi.Tests.Hostile;
using FluentValidation;
using FluentValidation.Results;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding.Validation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Fitnessify.WebApi.Tests.Edge;

/// <summary>Only the pipeline of the use cases validates requests.</summary>
public sealed class ValidationTests
{
    private static readonly (Type Service, Type Implementation)[] Validators =
    [
        .. from type in typeof(Application.DependencyInjection).Assembly.GetTypes()
        where !type.IsAbstract
        from contract in type.GetInterfaces()
        where IsValidator(contract)
        select (contract, type),
    ];

    [Test]
    public void Each_validator_of_Application_is_registered_once()
    {
        var registered = Validators.Select(validator =>
            (validator.Service, Api.Shared.Services.GetServices(validator.Service).Single()!.GetType())
        );
        Assert.That(Validators, Is.Not.Empty);
        Assert.That(registered, Is.EqualTo(Validators));
    }

    [Test]
    public void MVC_does_not_use_validators()
    {
        var services = Api.Shared.Services;
        var mvc = services.GetRequiredService<IOptions<MvcOptions>>().Value;
        Assert.That(mvc.ModelValidatorProviders, Is.Empty);
        Assert.That(
            services.GetRequiredService<IObjectModelValidator>().GetType().Assembly,
            Is.EqualTo(typeof(MvcOptions).Assembly)
        );
    }

    [Test]
    public async Task Each_request_is_validated_once()
    {
        var runs = new ConcurrentQueue<Type>();
        await using var api = Api.Start(services: services => Record(services, runs));
        var admin = await api.SignedInAsAsync(Roles.Admin);
        var validated = new HashSet<Type>();
        var routes = (await Route.OfAsync(api.Services)).Where(route =>
            route is { Method: not "HEAD", Operation: { } }
        );
        foreach (var route in routes)
        {
            // The previous request may have ended its session.
            var client = await api.SignedInAsync(admin.Person);
            runs.Clear();
            using var response = await SendAsync(client, route);
            Assert.That(runs, Has.Count.LessThanOrEqualTo(1), route.Name);
            validated.UnionWith(runs);
        }

        var requests = Validators
            .Select(validator => validator.Service.GetGenericArguments()[0])
            .Where(typeof(IBaseRequest).IsAssignableFrom);
        // A command of the program also grants roles, and no route sends it.
        Assert.That(validated, Is.EquivalentTo(requests.Except([typeof(GrantRoleCommand)])));
    }

    /// <summary>Sends a body that most routes refuse and all can bind.</summary>
    private static Task<HttpResponseMessage> SendAsync(ApiClient client, Route route)
    {
        var known = route.Operation!.Value.TryGetProperty("parameters", out var parameters)
            ? parameters.EnumerateArray().Select(parameter => parameter.Text("name")).ToHashSet()
            : [];
        var wrong = new Dictionary<string, string>
        {
            ["limit"] = "0",
            ["timeZone"] = "Nowhere",
            ["to"] = "tomorrow",
        }
            .Where(parameter => known.Contains(parameter.Key))
            .Select(parameter => $"{parameter.Key}={parameter.Value}");
        var path = $"{route.Path.With($"{Guid.NewGuid()}")}?{string.Join('&', wrong)}";
        return route switch
        {
            { Method: "GET" } => client.OpenAsync(path, ("Last-Event-ID", "x")),
            _ when route.Operation!.Value.TryGetProperty("requestBody", out _) => client.SendJsonAsync(
                route.Method,
                path,
                "{}"
            ),
            _ => client.SendAsync(route.Method, path),
        };
    }

    private static void Record(IServiceCollection services, ConcurrentQueue<Type> runs)
    {
        foreach (var found in services.Where(service => IsValidator(service.ServiceType)).ToList())
        {
            var recording = typeof(Recording<>).MakeGenericType(found.ServiceType.GetGenericArguments());
            services.Remove(found);
            services.AddSingleton(
                found.ServiceType,
                Activator.CreateInstance(recording, Activator.CreateInstance(found.ImplementationType!), runs)!
            );
        }
    }

    private static bool IsValidator(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IValidator<>);

    /// <summary>Records what is validated.</summary>
    private sealed class Recording<T>(IValidator<T> validator, ConcurrentQueue<Type> runs) : IValidator<T>
    {
        public ValidationResult Validate(T instance) => Noted().Validate(instance);

        public ValidationResult Validate(IValidationContext context) => Noted().Validate(context);

        public Task<ValidationResult> ValidateAsync(T instance, CancellationToken cancellation) =>
            Noted().ValidateAsync(instance, cancellation);

        public Task<ValidationResult> ValidateAsync(IValidationContext context, CancellationToken cancellation) =>
            Noted().ValidateAsync(context, cancellation);

        public IValidatorDescriptor CreateDescriptor() => validator.CreateDescriptor();

        public bool CanValidateInstancesOfType(Type type) => validator.CanValidateInstancesOfType(type);

        private IValidator<T> Noted()
        {
            runs.Enqueue(typeof(T));
            return validator;
        }
    }
}
