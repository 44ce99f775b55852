FROM mcr.microsoft.com/dotnet/sdk:10.0.401@sha256:e70cdb7f80b0348f5cb85f19a8f670fca061f033d57eed12fa003d58b0e06317 AS build
WORKDIR /source

# The files that determine the packages are copied first, so that a change of the code does not restore the packages again.
COPY global.json Directory.Build.props Directory.Packages.props ./
COPY src/Domain/Domain.csproj src/Domain/
COPY src/Application/Application.csproj src/Application/
COPY src/Infrastructure/Infrastructure.csproj src/Infrastructure/
COPY src/WebApi/WebApi.csproj src/WebApi/
RUN dotnet restore src/WebApi

# The analyzers read their rules from .editorconfig.
COPY .editorconfig ./
COPY src/ src/
RUN dotnet publish src/WebApi --configuration Release --output /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0.12@sha256:222759b391a1aaf241166672c8f99b2d4ada452e7b5319f3c6e8f265a37b5ad4 AS final

# Docker gives a new volume the owner of the folder on which it is mounted.
RUN install --directory --owner="$APP_UID" --group="$APP_UID" --mode=0700 /data

WORKDIR /app
COPY --from=build /app ./
COPY --chmod=0555 deploy/docker/health /usr/local/bin/health

# The program folder belongs to root. The server only writes below /data; with SQL Server and SMTP it writes nothing there.
# .NET needs no writable /tmp because its diagnostic socket is disabled.
ENV ASPNETCORE_HTTP_PORTS=8080 \
    ConnectionStrings__Fitnessify="Data Source=/data/fitnessify.db" \
    Mail__PickupFolder=/data/mail \
    DOTNET_EnableDiagnostics=0
USER $APP_UID
VOLUME /data
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 CMD ["health"]
ENTRYPOINT ["dotnet", "Fitnessify.WebApi.dll"]
