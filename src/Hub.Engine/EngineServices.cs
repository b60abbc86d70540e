using Hub.Engine.Catalog;
using Hub.Engine.Credentials;
using Hub.Engine.Executions;
using Hub.Engine.Intake;
using Hub.Engine.Maintenance;
using Hub.Engine.Notifications;
using Hub.Engine.Parking;
using Hub.Engine.Pausing;
using Hub.Engine.Replays;
using Hub.Engine.Resilience;
using Hub.Engine.Responses;
using Hub.Engine.Snapshots;
using Hub.Engine.Steps;
using Hub.Engine.Verification;
using Hub.Fields.Settings;
using Hub.Routing.Templates;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Hub.Engine;

public static class EngineServices
{
    /// <summary>Everything between an accepted delivery and its recorded end.</summary>
    public static IServiceCollection AddHubEngine(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddHubOptions<EngineOptions>(configuration, EngineOptions.Section);
        services.AddHubOptions<IntakeOptions>(configuration, IntakeOptions.Section);
        services.AddHubOptions<CallOptions>(configuration, CallOptions.Section);
        services.AddHubOptions<CacheOptions>(configuration, CacheOptions.Section);
        services.AddHubOptions<BreakerOptions>(configuration, BreakerOptions.Section);
        services.AddHubOptions<CertificateOptions>(configuration, CertificateOptions.Section);
        AddCatalog(services);
        AddSteps(services);
        AddResilience(services);
        AddExecutions(services);
        return services;
    }

    private static void AddCatalog(IServiceCollection services)
    {
        services.AddSingleton<StepCatalog>();
        services.AddSingleton<WorkflowCatalog>();
        services.AddSingleton<SecretReader>();
        services.AddSingleton<SourceOpener>();
        services.AddSingleton<SourceDirectory>();
        services.AddSingleton<SecretUses>();
        services.AddSingleton<RefusedRequests>();
        services.AddSingleton<HandshakeSecrets>();
        services.AddSingleton<HandshakeVisits>();
        services.AddSingleton<KnownCertificates>();
        services.AddSingleton<CertificateFetcher>();
        services.AddSingleton<Handshakes>();
        services.AddSingleton<SigningCertificates>();
        services.AddSingleton<CredentialStore>();
        services.AddSingleton<CommitWaits>();
        services.AddSingleton<ExecutionIntake>();
        services.AddSingleton<DeliveryIntake>();
        services.AddSingleton<IntakeMemory>();
        services.AddSingleton<BodyReads>();
        services.AddSingleton<BodyOpener>();
        services.AddSingleton<TriggerGate>();
        services.AddSingleton<RequestDoctor>();
        services.AddSingleton<AddressReader>();
        services.AddSingleton<QuarantineReader>();
        services.AddSingleton<QuarantineRelease>();
        services.AddSingleton<ReplayVersions>();
    }

    private static void AddSteps(IServiceCollection services)
    {
        services.AddSingleton(provider => new TemplateOptions
        {
            Clock = provider.GetRequiredService<TimeProvider>(),
            MaxBytes = provider.GetRequiredService<IOptions<EngineOptions>>().Value.MaxStepOutput,
        });
        services.AddSingleton<IFlowStep>(provider => new BranchStep("if", provider.GetRequiredService<TemplateOptions>()));
        services.AddSingleton<IFlowStep>(provider => new BranchStep("switch", provider.GetRequiredService<TemplateOptions>()));
        services.AddSingleton<IFlowStep, SetStep>();
        services.AddSingleton<ISuspendingStep, DelayStep>();
        services.AddSingleton<IFlowStep>(provider => new LogStep(provider.GetRequiredService<ILogger<LogStep>>()));
        services.AddSingleton<IFlowStep, StopStep>();
        services.AddSingleton<IFlowStep, RespondStep>();
        services.AddSingleton<StepRunner>();
    }

    private static void AddResilience(IServiceCollection services)
    {
        services.AddSingleton<CallGate>();
        services.AddSingleton<GoneDestinations>();
        services.AddSingleton(provider => new ScatteredWait(
            Random.Shared.NextDouble,
            provider.GetRequiredService<IOptions<EngineOptions>>().Value.MaxRetryAfter
        ));
        services.AddSingleton(provider => new RetryBackoff(Random.Shared.NextDouble, provider.GetRequiredService<ScatteredWait>()));
    }

    private static void AddExecutions(IServiceCollection services)
    {
        services.AddSingleton(provider =>
        {
            var engine = provider.GetRequiredService<IOptions<EngineOptions>>().Value;
            return new LocalQueue(engine.MaxLeased, engine.MaxLeasedBytes);
        });
        services.AddSingleton<RunningExecutions>();
        services.AddSingleton<NodeLease>();
        services.AddSingleton<WakeSignal>();
        services.AddSingleton<ResponseWaiters>();
        services.AddSingleton<WaitingRoom>();
        services.AddSingleton<RunnerPlaces>();
        services.AddSingleton<ExecutionClaims>();
        services.AddSingleton<ParkedWork>();
        services.AddSingleton<LargePlaces>();
        services.AddSingleton<ExecutionWalker>();
        services.AddSingleton<FailureLog>();
        services.AddHostedService(provider => provider.GetRequiredService<FailureLog>());
        services.AddSingleton<ExecutionRunner>();
        services.AddHostedService(provider => provider.GetRequiredService<SecretUses>());
        services.AddHostedService<MemoryWorker>();
        services.AddHostedService<NoticeListener>();
        services.AddSingleton<LeaseRescuer>();
        services.AddWork<LeaseWorker>();
        services.AddWork<RetentionCleaner>();
        services.AddWork<QuarantineCleaner>();
        services.AddWork<ParkedWork>();
        services.AddWork<ExecutionWorker>();
        services.AddSingleton<WorkServices>();
        services.AddHostedService(provider => provider.GetRequiredService<WorkServices>());
    }
}
