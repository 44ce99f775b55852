using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json;
using Fitnessify.Domain.Common;
using Fitnessify.WebApi.Http.RateLimits;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.WebUtilities;
using Namotion.Reflection;
using NJsonSchema;
using NSwag;
using NSwag.Generation.AspNetCore;
using NSwag.Generation.Processors;
using NSwag.Generation.Processors.Contexts;

namespace Fitnessify.WebApi.Http.OpenApi;

/// <summary>The processor names operations and describes their authorization, parameters and responses.</summary>
internal sealed class OperationProcessor : IOperationProcessor
{
    public bool Process(OperationProcessorContext context)
    {
        var description = ((AspNetCoreOperationProcessorContext)context).ApiDescription;
        var operation = context.OperationDescription.Operation;
        operation.OperationId = NameOf((ControllerActionDescriptor)description.ActionDescriptor);
        var metadata = description.ActionDescriptor.EndpointMetadata;
        var isAnonymous = metadata.OfType<IAllowAnonymous>().Any();
        operation.Security = isAnonymous
            // An empty list, which says the same, would not be written.
            ? [new OpenApiSecurityRequirement()]
            : [new OpenApiSecurityRequirement { [DocumentProcessor.SecurityScheme] = [] }];
        DescribeAccess(operation, metadata, isAnonymous);
        DescribeInput(operation, description);
        DescribeSuccess(operation, description);
        var problem = context.SchemaGenerator.GenerateWithReference<JsonSchema>(
            typeof(Problem).ToContextualType(),
            context.SchemaResolver
        );
        FailureResponses.AddTo(operation, metadata, isAnonymous, problem);
        return true;
    }

    /// <summary>The identifiers look like auth_register and users_getMe.</summary>
    private static string NameOf(ControllerActionDescriptor action) =>
        $"{JsonNamingPolicy.CamelCase.ConvertName(action.ControllerName)}_{JsonNamingPolicy.CamelCase.ConvertName(action.ActionName)}";

    private static void DescribeAccess(OpenApiOperation operation, IList<object> metadata, bool isAnonymous)
    {
        var permission = metadata
            .OfType<IAuthorizeData>()
            .Select(data => data.Policy)
            .FirstOrDefault(policy => policy is not null);
        var access =
            isAnonymous ? "Needs no session."
            : permission is null ? "Needs a session."
            : $"Needs a session with the permission `{permission}`.";
        // The attribute of the action follows that of its controller and overrides it.
        var limit = metadata.OfType<EnableRateLimitingAttribute>().LastOrDefault()?.PolicyName ?? RateLimiting.Default;
        operation.Description = $"{operation.Description}\n\n{access} Counts in the rate limit `{limit}`.".TrimStart();
    }

    private static void DescribeInput(OpenApiOperation operation, ApiDescription description)
    {
        foreach (var parameter in operation.Parameters)
        {
            // Names from the code are not part of the API, and an absent parameter is not null.
            parameter.OriginalName = null;
            parameter.Position = null;
            parameter.Schema.IsNullableRaw = null;
            // NSwag looks for [BindRequired], with which MVC would refuse what the use case validates.
            parameter.IsRequired |= description.ParameterDescriptions.Any(described =>
                described.Name == parameter.Name
                && described.ParameterDescriptor is ControllerParameterDescriptor action
                && action.ParameterInfo.IsDefined(typeof(RequiredAttribute), inherit: false)
            );
            if (parameter.Name == "limit")
            {
                parameter.Schema.Minimum = PageRequest.MinLimit;
                parameter.Schema.Maximum = PageRequest.MaxLimit;
            }
        }

        if (operation.RequestBody is { } body)
        {
            body.Name = null;
            body.Position = null;
            var schema = body.Content.Values.Single().Schema;
            foreach (var format in description.SupportedRequestFormats)
            {
                body.Content[format.MediaType] = new OpenApiMediaType { Schema = schema };
            }
        }
    }

    private static void DescribeSuccess(OpenApiOperation operation, ApiDescription description)
    {
        // The attribute of the action follows that of its controller and overrides it.
        var type = description.ActionDescriptor.EndpointMetadata.OfType<ProducesAttribute>().Last().ContentTypes[0];
        foreach (var success in description.SupportedResponseTypes)
        {
            var response = operation.Responses[Text(success.StatusCode)];
            response.Description = ReasonPhrases.GetReasonPhrase(success.StatusCode);
            response.IsNullableRaw = null;
            if (response.Schema is { } schema)
            {
                response.Content.Clear();
                response.Content[type] = new OpenApiMediaType { Schema = schema };
            }

            ResponseHeaders.AddTo(response, success);
        }
    }

    private static string Text(int status) => status.ToString(CultureInfo.InvariantCulture);
}
