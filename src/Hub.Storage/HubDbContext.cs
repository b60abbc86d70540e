using System.Text.RegularExpressions;
using Hub.Storage.Credentials;
using Hub.Storage.DeadLetters;
using Hub.Storage.Destinations;
using Hub.Storage.Executions;
using Hub.Storage.Inbox;
using Hub.Storage.Journal;
using Hub.Storage.Quarantine;
using Hub.Storage.Sources;
using Hub.Storage.Workflows;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Hub.Storage;

/// <summary>The tables for everyday reads and writes; the hot path has its own SQL.</summary>
public sealed partial class HubDbContext(DbContextOptions<HubDbContext> options) : DbContext(options)
{
    public const string Schema = "hub";

    public DbSet<Setting> Settings => Set<Setting>();

    public DbSet<Source> Sources => Set<Source>();

    public DbSet<SourceSecret> SourceSecrets => Set<SourceSecret>();

    public DbSet<SourceAddress> SourceAddresses => Set<SourceAddress>();

    public DbSet<SourceHandshake> SourceHandshakes => Set<SourceHandshake>();

    public DbSet<Credential> Credentials => Set<Credential>();

    public DbSet<Workflow> Workflows => Set<Workflow>();

    public DbSet<WorkflowVersion> WorkflowVersions => Set<WorkflowVersion>();

    public DbSet<Delivery> Deliveries => Set<Delivery>();

    public DbSet<QuarantinedRequest> Quarantine => Set<QuarantinedRequest>();

    public DbSet<Execution> Executions => Set<Execution>();

    public DbSet<ExecutionStep> ExecutionSteps => Set<ExecutionStep>();

    public DbSet<GoneDestination> GoneDestinations => Set<GoneDestination>();

    public DbSet<DeadLetter> DeadLetters => Set<DeadLetter>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.HasDefaultSchema(Schema);
        modelBuilder.Entity<Setting>().HasKey(setting => setting.Key);
        modelBuilder.Entity<WorkflowVersion>().HasKey(version => new { version.WorkflowId, version.Version });
        modelBuilder
            .Entity<GoneDestination>()
            .HasKey(gone => new
            {
                gone.WorkflowId,
                gone.StepId,
                gone.AddressHash,
            });
        modelBuilder.Entity<ExecutionStep>().HasKey(step => new { step.ExecutionId, step.StepId });
        modelBuilder.Entity<Credential>().Ignore(credential => credential.Place);
        modelBuilder.Entity<Source>().Property(source => source.SchemeOptions).HasColumnType("json");
        modelBuilder.Entity<Source>().Property(source => source.Settings).HasColumnType("json");
        modelBuilder.Entity<Source>().HasQueryFilter(source => source.DeletedAt == null);
        modelBuilder.Entity<Workflow>().Property(workflow => workflow.Status).HasConversion(new LowerCaseEnum<WorkflowStatus>());
        modelBuilder.Entity<Workflow>().HasQueryFilter(workflow => workflow.DeletedAt == null);
        modelBuilder.Entity<WorkflowVersion>().Property(version => version.Definition).HasColumnType("json");
        modelBuilder.Entity<Delivery>(delivery =>
        {
            delivery.HasKey(d => new { d.Id, d.RetentionPartition });
            delivery.Ignore(d => d.SignedKeys).Ignore(d => d.IsKnownById);
            delivery.Property(d => d.Headers).HasColumnType("json");
            delivery.Property(d => d.Decisions).HasColumnType("json");
        });
        modelBuilder.Entity<QuarantinedRequest>(request =>
        {
            request.Property(r => r.Headers).HasColumnType("json");
            request.Property(r => r.Diagnosis).HasColumnType("json");
        });
        modelBuilder.Entity<Execution>(execution =>
        {
            execution.Property(e => e.Status).HasConversion(status => status.ToText(), text => ExecutionStatusText.Parse(text));
            execution.Property(e => e.Input).HasColumnType("json");
            execution.Property(e => e.Error).HasColumnType("json");
        });
        modelBuilder.Entity<ExecutionStep>(step =>
        {
            step.Property(s => s.Status).HasConversion(new LowerCaseEnum<StepStatus>());
            foreach (
                var json in (string[])
                    [
                        nameof(ExecutionStep.Input),
                        nameof(ExecutionStep.Output),
                        nameof(ExecutionStep.Error),
                        nameof(ExecutionStep.Errors),
                        nameof(ExecutionStep.Why),
                    ]
            )
            {
                step.Property(json).HasColumnType("json");
            }
        });
        modelBuilder.Entity<DeadLetter>(letter =>
        {
            letter.Property(l => l.Status).HasConversion(new LowerCaseEnum<DeadLetterStatus>());
            letter.Property(l => l.Error).HasColumnType("json");
            letter.Property(l => l.ErrorHistory).HasColumnType("json");
            letter.Property(l => l.Context).HasColumnType("json");
        });
        foreach (var entity in modelBuilder.Model.GetEntityTypes())
        {
            entity.SetTableName(SnakeCase(entity.GetTableName()!));
            foreach (var property in entity.GetProperties())
            {
                property.SetColumnName(SnakeCase(property.Name));
            }
        }
    }

    private static string SnakeCase(string name) => WordStart().Replace(name, "_$0").ToLowerInvariant();

    [GeneratedRegex("(?<!^)[A-Z]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex WordStart();

    private sealed class LowerCaseEnum<T>() : ValueConverter<T, string>(value => value.ToString().ToLowerInvariant(), text => Enum.Parse<T>(text, true))
        where T : struct, Enum;
}
