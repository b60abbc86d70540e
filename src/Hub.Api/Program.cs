using Hub.Analytics;
using Hub.Api;
using Hub.Api.Analytics;
using Hub.Api.Auth;
using Hub.Api.Bodies;
using Hub.Api.Commands;
using Hub.Api.Connectors;
using Hub.Api.Credentials;
using Hub.Api.DeadLetters;
using Hub.Api.Deliveries;
using Hub.Api.Errors;
using Hub.Api.Executions;
using Hub.Api.Health;
using Hub.Api.OpenApi;
using Hub.Api.Pausing;
using Hub.Api.Settings;
using Hub.Api.Sources;
using Hub.Api.Startup;
using Hub.Api.Webhooks;
using Hub.Api.Workflows;
using Hub.Connectors;
using Hub.Engine;
using Hub.Signatures;
using Hub.Storage;

if (BackupCommands.IsAskedFor(args))
{
    return await BackupCommands.RunAsync(args);
}

if (SettingsFiles.FindUnreadable(Directory.GetCurrentDirectory()) is { } unreadable)
{
    return HubRun.Refuse([unreadable]);
}

var builder = HubHosting.CreateBuilder(args);
builder.AddHubHosting();
builder.Services.AddHubStorage(builder.Configuration);
builder.Services.AddHubConnectors(builder.Configuration);
builder.Services.AddHubSignatures(builder.Configuration);
builder.Services.AddHubAuth(builder.Configuration);
builder.Services.AddHubEngine(builder.Configuration);
builder.Services.AddHubAnalytics();
builder.Services.AddHubOperations();
builder.Services.AddHubApi();

var app = builder.Build();
app.UseSecurityHeaders();
app.UseHubErrors();
app.UsePublicPages();
app.UseRouting();
app.UseJsonCharset();
app.UseAuthentication();
app.UseAuthorization();
app.MapWebhooks();
app.MapSources();
app.MapVerification();
app.MapDeliveries();
app.MapWorkflows();
app.MapExecutions();
app.MapDeadLetters();
app.MapConnectors();
app.MapCredentials();
app.MapAnalytics();
app.MapLedger();
app.MapHealth();
app.MapResume();
app.MapHubOpenApi();
return await app.RunHubAsync();
