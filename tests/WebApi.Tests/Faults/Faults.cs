using System.Data.Common;
using Fitnessify.Infrastructure.Persistence.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Fitnessify.WebApi.Tests.Faults;

/// <summary>Lets a test disturb the database of a server at the moments when it can fail.</summary>
internal sealed class Faults : DbCommandInterceptor, IDbConnectionInterceptor
{
    /// <summary>Gets or sets an action that runs before a connection is opened.</summary>
    public Action Opening { get; set; } = () => { };

    /// <summary>Gets or sets an action that runs before a command, on its connection; reads use other connections than writes.</summary>
    public Func<DbCommand, Task> Executing { get; set; } = _ => Task.CompletedTask;

    /// <summary>Starts a server on SQLite with these faults, whatever the other tests use.</summary>
    public Api Start()
    {
        var folder = Directory.CreateTempSubdirectory("fitnessify-").FullName;
        return Api.Start(
            new()
            {
                ["Database:Provider"] = "Sqlite",
                ["ConnectionStrings:Fitnessify"] = $"Data Source={Path.Combine(folder, "fitnessify.db")}",
            },
            services => services.ConfigureDbContext<SqliteDbContext>(context => context.AddInterceptors(this))
        );
    }

    public ValueTask<InterceptionResult> ConnectionOpeningAsync(
        DbConnection connection,
        ConnectionEventData eventData,
        InterceptionResult result,
        CancellationToken cancellationToken = default
    )
    {
        Opening();
        return ValueTask.FromResult(result);
    }

    public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<DbDataReader> result,
        CancellationToken cancellationToken = default
    )
    {
        await Executing(command);
        return result;
    }

    public override async ValueTask<InterceptionResult<object>> ScalarExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<object> result,
        CancellationToken cancellationToken = default
    )
    {
        await Executing(command);
        return result;
    }

    public override async ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<int> result,
        CancellationToken cancellationToken = default
    )
    {
        await Executing(command);
        return result;
    }
}
