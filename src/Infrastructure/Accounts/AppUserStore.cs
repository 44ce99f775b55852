using Fitnessify.Infrastructure.Persistence;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Accounts;

/// <summary>Identity's store, taking part in the unit of work instead of saving on its own.</summary>
internal sealed class AppUserStore : UserStore<AppUser, IdentityRole<Guid>, AppDbContext, Guid>
{
    public AppUserStore(AppDbContext context, IdentityErrorDescriber describer)
        : base(context, describer) => AutoSaveChanges = false;
}
