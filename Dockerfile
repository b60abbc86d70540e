FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source

# Packages are restored before the sources come in, so that a change of code does not fetch them again.
COPY global.json Directory.Build.props Directory.Packages.props ./
COPY src/Hub.Analytics/Hub.Analytics.csproj src/Hub.Analytics/
COPY src/Hub.Api/Hub.Api.csproj src/Hub.Api/
COPY src/Hub.Connectors/Hub.Connectors.csproj src/Hub.Connectors/
COPY src/Hub.Engine/Hub.Engine.csproj src/Hub.Engine/
COPY src/Hub.Fields/Hub.Fields.csproj src/Hub.Fields/
COPY src/Hub.Operations/Hub.Operations.csproj src/Hub.Operations/
COPY src/Hub.Routing/Hub.Routing.csproj src/Hub.Routing/
COPY src/Hub.Signatures/Hub.Signatures.csproj src/Hub.Signatures/
COPY src/Hub.Storage/Hub.Storage.csproj src/Hub.Storage/
RUN dotnet restore src/Hub.Api/Hub.Api.csproj --use-current-runtime -p:PublishReadyToRun=true

COPY .editorconfig BannedSymbols.txt ./
COPY src/ src/
RUN dotnet publish src/Hub.Api/Hub.Api.csproj -c Release --no-restore --use-current-runtime -p:PublishReadyToRun=true --self-contained false -o /app -p:UseAppHost=false

FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /app
COPY --from=build /app .

# The key ring lives here. Node and PostgreSQL are not in the image: ConnectionStrings__Hub names a server.
RUN mkdir /data && chown $APP_UID /data
VOLUME /data
ENV Hub__DataDirectory=/data \
    ASPNETCORE_URLS=http://0.0.0.0:8080 \
    ASPNETCORE_HTTP_PORTS=
USER $APP_UID
EXPOSE 8080
ENTRYPOINT ["dotnet", "Hub.Api.dll"]
